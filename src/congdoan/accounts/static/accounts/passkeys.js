// Passkeys (https://www.w3.org/TR/webauthn-3/). A form marked data-passkey asks the device before it is sent: "get" to prove
// who one is, "create" to make a new one. The question stands in the page, or comes from data-passkey-options-url.
const isAddress = /^[\d.]+$|:/.test(location.hostname.replace(/^\[|\]$/g, ""));
const works = Boolean(window.PublicKeyCredential && navigator.credentials) && !isAddress;

const toBytes = (text) => {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
};
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

const withBytes = (question) => {
  const options = { ...question.publicKey, challenge: toBytes(question.publicKey.challenge) };
  if (options.user) options.user = { ...options.user, id: toBytes(options.user.id) };
  for (const list of ["allowCredentials", "excludeCredentials"]) {
    if (options[list]) options[list] = options[list].map((one) => ({ ...one, id: toBytes(one.id) }));
  }
  return { publicKey: options };
};

const asAnswer = (credential) => {
  const { response } = credential;
  const answer = {
    type: credential.type,
    id: credential.id,
    rawId: toText(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: { clientDataJSON: toText(response.clientDataJSON) },
  };
  if (response.attestationObject) {
    answer.response.attestationObject = toText(response.attestationObject);
    answer.response.transports = response.getTransports?.() ?? [];
  } else {
    answer.response.authenticatorData = toText(response.authenticatorData);
    answer.response.signature = toText(response.signature);
    answer.response.userHandle = response.userHandle ? toText(response.userHandle) : null;
  }
  return answer;
};

const questionFor = async (form) => {
  if (form.dataset.passkeyOptions) {
    return JSON.parse(document.getElementById(form.dataset.passkeyOptions).textContent);
  }
  const answer = await fetch(form.dataset.passkeyOptionsUrl, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`no question: ${answer.status}`);
  return (await answer.json()).request_options;
};

for (const part of document.querySelectorAll("[data-passkey-only]")) part.hidden = !works;

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const words = form.querySelector("[data-passkey-error]");
  const say = (what) => {
    words.textContent = words.dataset[what];
    words.hidden = false;
  };
  if (!works) {
    say("missing");
    for (const button of form.querySelectorAll("button[type=submit]")) button.disabled = true;
    continue;
  }
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    words.hidden = true;
    try {
      const question = withBytes(await questionFor(form));
      const credential = await navigator.credentials[form.dataset.passkey](question);
      form.querySelector("[name=credential]").value = JSON.stringify(asAnswer(credential));
      form.submit();
    } catch (error) {
      say(error.name === "InvalidStateError" ? "known" : "failed");
    }
  });
}

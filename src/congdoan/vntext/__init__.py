from congdoan.vntext.folding import nfc

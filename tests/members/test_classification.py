"""Every field of the register says what it is, on what ground and for what."""

from __future__ import annotations

from django.apps import apps

from congdoan.members.classification import ENCRYPTED, TABLE, Sensitivity


def fields() -> set[tuple[str, str]]:
    return {
        (model._meta.model_name, field.name)
        for model in apps.get_app_config("members").get_models()
        for field in model._meta.local_fields
    }


def test_every_field_is_classified_and_no_other():
    assert set(TABLE) == fields()


def test_the_class_stands_in_the_schema():
    for model in apps.get_app_config("members").get_models():
        for field in model._meta.local_fields:
            assert field.db_comment == TABLE[model._meta.model_name, field.name].sensitivity.value


def test_membership_of_a_union_counts_as_sensitive():
    assert {
        TABLE["membership", name].sensitivity for name in ("person", "unit", "admitted_on", "leaving_reason")
    } == {Sensitivity.SENSITIVE}
    assert TABLE["person", "member_no"].sensitivity is Sensitivity.SENSITIVE


def test_every_encrypted_column_is_personal():
    assert {name for _model, name in fields() if name == "cipher" or name.endswith("_cipher")} == ENCRYPTED
    assert all(
        use.sensitivity is not Sensitivity.NONE for (_m, name), use in TABLE.items() if name in ENCRYPTED
    )

"""How dates are typed in forms, by language (Django's FORMAT_MODULE_PATH)."""

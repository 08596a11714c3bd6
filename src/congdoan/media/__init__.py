"""Images and files; renditions; metadata stripped."""

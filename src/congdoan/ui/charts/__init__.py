"""Pictures that the server draws: plain arithmetic that says where each box and each line of text stands."""

"""What happens to members: each is one event, in one transaction, with its line in the trail."""

"""Slack: workspaces by Socket Mode or HTTP, many of them by OAuth."""

"""What a recipient is told: when it is due, what it says, how much that is worth, which form it takes."""

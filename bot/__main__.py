"""`python -m bot` is the command `advisor`."""

from bot.commands import main

main()

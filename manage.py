#!/usr/bin/env python
"""The door for commands: ``python manage.py help`` lists them."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
    try:
        from django.core.management import execute_from_command_line
        from environs import EnvError
    except ImportError:
        sys.exit("Spreekbuis is not installed here yet. Run: make install")
    try:
        execute_from_command_line(sys.argv)
    except EnvError as error:
        sys.exit(f"A setting is not right. {error}")

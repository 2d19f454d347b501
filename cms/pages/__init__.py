"""Page types of the public site."""

from .home import HomePage

__all__ = ["HomePage"]

"""Where a higher room plugs into this one; filled in ``apps.ready()``."""

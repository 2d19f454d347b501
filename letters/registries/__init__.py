"""Where a higher room plugs into this one."""

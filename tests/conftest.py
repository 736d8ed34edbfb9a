"""What holds for every test, on whatever machine and however it was started."""

from __future__ import annotations

import signal

from hypothesis import HealthCheck, settings

# No test is about time, and the machine may be busy with others.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

# A shell starts what runs in the background with Ctrl-C ignored, and programs inherit that; those that the tests start
# and interrupt are to hear it.
signal.signal(signal.SIGINT, signal.default_int_handler)

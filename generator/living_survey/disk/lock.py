"""Lock a file against other processes; the system drops the lock with the process. I/O: locks the file it is given."""

import os
import sys

_FAR = 1 << 30
"""Place of the one byte that is locked on Windows, where what is locked cannot be read."""

if sys.platform == "win32":
    import msvcrt

    def lock(descriptor: int) -> bool | None:
        """Lock a file, unless another process has it; the lock goes with the descriptor."""
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def lock(descriptor: int) -> bool | None:
        """Lock a file, unless another process has it; the lock goes with the descriptor. None: this disk knows none."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # some network disks
            return None
        return True

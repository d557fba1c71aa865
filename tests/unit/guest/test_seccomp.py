"""The filter of system calls: its numbers are right, what submissions need passes, and nothing else does."""

from __future__ import annotations

import ctypes
import ctypes.util
import json
import os
import subprocess
import sys
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from grader.guest import seccomp
from grader.guest.seccomp import Policy, assemble, instructions
from grader.guest.syscalls import MACHINES, NEWEST, TABLE, Machine, number

ROOT = Path(__file__).parents[3]
POLICIES = [Policy(alone, processes) for alone in (True, False) for processes in (True, False)]
KILL, ALLOW, REFUSE, ABSENT = 0x8000_0000, 0x7FFF_0000, 0x0005_0001, 0x0005_0026

HONEST = {
    "numpy": "import numpy as np; assert np.linalg.norm(np.linalg.inv(np.eye(40)) - np.eye(40)) == 0;"
    "np.fft.rfft(np.ones(64)); np.linalg.eigh(np.ones((9, 9))); np.random.default_rng(1).normal(size=9)",
    "sympy": "import sympy; x = sympy.Symbol('x'); assert sympy.integrate(x**2, x) == x**3 / 3",
    "files": "import csv, os; open('a.csv', 'w').write('1,2');"
    "assert list(csv.reader(open('a.csv'))) == [['1', '2']];"
    "os.mkdir('d'); os.rename('a.csv', 'd/b'); os.remove('d/b'); os.rmdir('d'); os.listdir(); os.stat('.')",
    "temporary": "import tempfile; file = tempfile.NamedTemporaryFile(); file.write(b'1'); file.close();"
    "tempfile.TemporaryDirectory().cleanup()",
    "memory_mapped": "import numpy as np; np.save('a.npy', np.ones(9));"
    "assert np.load('a.npy', mmap_mode='r+').sum() == 9",
    "threads": "import concurrent.futures as c; assert list(c.ThreadPoolExecutor(3).map(abs, [-1, 2])) == [1, 2]",
    "clocks": "import time; time.sleep(0.001); time.perf_counter(); time.process_time(); time.localtime()",
    "signals": "import signal; signal.setitimer(signal.ITIMER_REAL, 0); signal.getsignal(2)",
    "limits": "import resource; resource.getrlimit(resource.RLIMIT_AS); resource.getrusage(0)",
    "lower_cpu": "import resource; resource.setrlimit(0, (1000, resource.getrlimit(0)[1]))",
    "randomness": "import os, random, secrets; os.urandom(3); secrets.token_hex(); random.SystemRandom().random()",
    "machine": "import os, platform; platform.machine(); os.cpu_count(); os.getpid(); os.uname()",
    "copies": "import shutil; open('a', 'w').close(); shutil.copyfile('a', 'b')",
    "pipes": "import os; a, b = os.pipe(); os.write(b, b'x'); assert os.read(a, 1) == b'x';"
    "os.set_inheritable(a, True)",
}
ALONE = {
    "attributes": "import os, shutil; open('c', 'w').close(); os.chmod('c', 0o600); os.utime('c');"
    "shutil.copy2('c', 'd');"
    "os.truncate('c', 3)",
}
HOSTILE = {
    "fork": "os.fork()",
    "spawn": "os.posix_spawn('/bin/true', ['true'], {})",
    "program": "import subprocess; subprocess.run(['/bin/true'])",
    "execve": "os.execv('/bin/true', ['true'])",
    "socket": "import socket; socket.socket()",
    "unix_socket": "import socket; socket.socket(socket.AF_UNIX)",
    "socketpair": "import socket; socket.socketpair()",
    "kill": "os.kill(os.getppid(), 0)",
    "kill_all": "os.kill(-1, 0)",
    "killpg": "os.killpg(0, 0)",
    "tgkill": "import signal, threading; signal.pthread_kill(threading.get_ident(), 0)",
    "ptrace": "check(libc.ptrace(16, os.getppid(), 0, 0))",
    "pidfd": "os.pidfd_open(os.getppid())",
    "memfd": "os.memfd_create('m')",
    "shared_memory": "check(libc.shmget(0, 4096, 0o1600))",
    "messages": "check(libc.msgget(0, 0o1600))",
    "semaphores": "check(libc.semget(0, 1, 0o1600))",
    "unshare": "check(libc.unshare(0x10000000))",
    "setns": "check(libc.setns(0, 0))",
    "mount": "check(libc.mount(b'tmpfs', b'.', b'tmpfs', 0, None))",
    "umount": "check(libc.umount2(b'.', 0))",
    "chroot": "os.chroot('.')",
    "flock": "import fcntl; fcntl.flock(open('lock', 'w'), fcntl.LOCK_EX)",
    "lock": "import fcntl; fcntl.lockf(open('lock', 'w'), fcntl.LOCK_EX)",
    "lease": "import fcntl; fcntl.fcntl(open('lock', 'w'), fcntl.F_SETLEASE, fcntl.F_RDLCK)",
    "notify": "import fcntl; fcntl.fcntl(os.open('.', 0), fcntl.F_NOTIFY, 1)",
    "typing": "import fcntl, termios; fcntl.ioctl(0, termios.TIOCSTI, b'x')",
    "priority": "os.nice(1)",
    "scheduler": "os.sched_setaffinity(0, {0})",
    "name": "import socket; socket.sethostname('x')",
    "device": "os.mknod('null', 0o20666, os.makedev(1, 3))",
    "limit_of_others": "import resource; resource.prlimit(os.getppid(), resource.RLIMIT_CPU)",
    "own_limit": "limit = __import__('resource'); limit.prlimit(0, limit.RLIMIT_NOFILE, (9, 9))",
    "dumpable": "check(libc.prctl(4, 1, 0, 0, 0))",
    "owner": "os.chown('.', -1, -1)",
    "attribute": "os.setxattr('.', 'user.a', b'')",
    "watch": "check(libc.inotify_init())",
    "session": "os.setsid()",
}
FOREIGN = {
    "chmod": "os.chmod('.', 0o700)",
    "fchmod": "os.fchmod(os.open('.', 0), 0o700)",
    "utime": "os.utime('.')",
    "truncate": "open('t', 'w').close(); os.truncate('t', 0)",
    "listxattr": "os.listxattr('.')",
}
RAW = {
    "x86_64": (425, 426, 427, 248, 250, 321, 298, 323, 304, 310, 322),
    "aarch64": (425, 426, 427, 217, 219, 280, 241),
}
"""Numbers of io_uring (3), add_key, keyctl, bpf, perf_event_open and, on x86, userfaultfd and others."""
NEWER = {NEWEST + 1, NEWEST + 40, 435}

PROGRAM = """
import ctypes, errno, json, os, resource, sys
{imports}
from grader.guest import kernel, seccomp
libc = ctypes.CDLL(None, use_errno=True)
def check(result):
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
kernel.seccomp(seccomp.assemble(seccomp.Policy({alone}, {processes})))
found = {{}}
for name, text in {texts!r}.items():
    try:
        exec(text, {{"os": os, "libc": libc, "check": check}})
        found[name] = "done"
    except OSError as error:
        found[name] = errno.errorcode.get(error.errno, str(error))
    except Exception as error:
        found[name] = repr(error)
print(json.dumps(found), flush=True)
"""


def filtered(folder: Path, texts: dict[str, str], alone: bool, processes: bool = False) -> Any:
    """What came of each statement behind the filter: "done" or the name of the error."""
    program = PROGRAM.format(imports="import numpy, sympy", alone=alone, processes=processes, texts=texts)
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(ROOT), "TMPDIR": str(folder)}
    done = subprocess.run(
        [sys.executable, "-c", dedent(program)], capture_output=True, text=True, cwd=folder, env=environment
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("alone", [True, False])
def test_what_submissions_need_passes(tmp_path: Path, alone: bool) -> None:
    """Arrays, symbols, files, threads, clocks and the like work behind the filter."""
    texts = {**HONEST, **(ALONE if alone else {})}
    assert dict.fromkeys(texts, "done") == filtered(tmp_path, texts, alone)


@pytest.mark.parametrize("alone", [True, False])
def test_what_no_submission_needs_is_refused(tmp_path: Path, alone: bool) -> None:
    """Processes, networks, signals, memory that nobody counts, namespaces, locks: not permitted."""
    texts = {**HOSTILE, **({} if alone else FOREIGN)}
    found = filtered(tmp_path, texts, alone)
    # Python turns one refusal into an exception of its own
    found["own_limit"] = "EPERM" if "not allowed" in found["own_limit"] else found["own_limit"]
    assert dict.fromkeys(texts, "EPERM") == found


def test_what_is_dangerous_or_new_is_refused_by_number(tmp_path: Path) -> None:
    """io_uring, keys, bpf and perf are not permitted; clone3 and what is newer than the table does not exist."""
    raw = {str(one): f"check(libc.syscall({one}, -1, -1, -1, -1))" for one in RAW[os.uname().machine]}
    new = {str(one): f"check(libc.syscall({one}, -1, -1))" for one in NEWER}
    expected = {**dict.fromkeys(raw, "EPERM"), **dict.fromkeys(new, "ENOSYS")}
    assert expected == filtered(tmp_path, {**raw, **new}, alone=True)


def test_processes_may_be_allowed(tmp_path: Path) -> None:
    """With the weaker policy programs can be started, and still no namespace or network is to be had."""
    texts = {
        "program": "import subprocess; subprocess.run(['/bin/sh', '-c', 'exit 0'], check=True)",
        "fork": "os.waitpid(os.fork() or os._exit(0), 0)",
        "unshare": HOSTILE["unshare"],
        "socket": HOSTILE["socket"],
        "namespace": "check(libc.syscall({}, 0x10000011, 0, 0, 0, 0))".format(
            TABLE["clone"][os.uname().machine != "x86_64"]
        ),
    }
    done = {**dict.fromkeys(texts, "EPERM"), "program": "done", "fork": "done"}
    assert done == filtered(tmp_path, texts, alone=True, processes=True)
    assert done == filtered(tmp_path, texts, alone=False, processes=True)


@pytest.mark.skipif(os.uname().machine != "x86_64", reason="only x86-64 has calls of other architectures")
@pytest.mark.parametrize("call", ["libc.syscall(0x40000000 | 39)", "compat()"])
def test_calls_of_another_architecture_kill(tmp_path: Path, call: str) -> None:
    """An x32 call and a 32-bit one by `int 0x80` end the process."""
    text = f"""
        import ctypes, mmap, sys
        from grader.guest import kernel, seccomp
        libc = ctypes.CDLL(None)
        page = mmap.mmap(-1, 4096, prot=7)
        page.write(bytes.fromhex("b814000000cd80c3"))  # mov eax, 20 (getpid); int 0x80; ret
        compat = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))
        kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
        kernel.seccomp(seccomp.assemble(seccomp.Policy(True)))
        print("confined", flush=True)
        {call}
        print("survived", flush=True)
    """
    done = subprocess.run(
        [sys.executable, "-c", dedent(text)],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
    )
    assert (done.stdout, done.returncode) == ("confined\n", -31)


def verdict(code: seccomp.Code, architecture: int, call: int, arguments: tuple[int, ...] = ()) -> int:
    """What a filter says about a call: a second reading of its instructions, by hand."""
    words = {0: call, 4: architecture}
    for index, argument in enumerate((*arguments, *(0,) * 6)[:6]):
        words[16 + 8 * index], words[20 + 8 * index] = argument & 0xFFFF_FFFF, argument >> 32
    place, loaded = 0, 0
    while True:
        operation, yes, no, operand = code[place]
        place += 1
        if operation == 0x06:
            return operand
        if operation == 0x20:
            loaded = words[operand]
        elif operation == 0x54:
            loaded &= operand
        elif operation == 0x05:
            place += operand
        else:
            place += yes if (loaded == operand if operation == 0x15 else loaded >= operand) else no


@pytest.mark.parametrize("machine", MACHINES.values(), ids=MACHINES)
@pytest.mark.parametrize("policy", POLICIES, ids=repr)
def test_the_filter_says_of_every_number_what_the_policy_says(policy: Policy, machine: Machine) -> None:
    """On both machines, exactly the allowed names pass whatever their arguments."""
    code = instructions(assemble(policy, machine))
    passed = {
        call for call in range(NEWEST + 200) if verdict(code, machine.audit, call, (9**9,) * 3) == ALLOW
    }
    allowed = {number(name, machine) for name in seccomp.allowed(policy)} - {None}
    assert allowed == passed - ({number("clone", machine)} if policy.processes else set())


@pytest.mark.parametrize("machine", MACHINES.values(), ids=MACHINES)
def test_arguments_decide(machine: Machine) -> None:
    """Threads but no processes; own limits are read, and only that of CPU is set; locks and typing are refused."""
    code = instructions(assemble(Policy(alone=True), machine))

    def says(name: str, *arguments: int) -> int:
        call = number(name, machine)
        assert call is not None
        return verdict(code, machine.audit, call, arguments)

    thread = 0x3D0F00
    assert [says("clone", flags) for flags in (thread, 0x11, thread | 0x1000_0000)] == [ALLOW, REFUSE, REFUSE]
    assert [says("prlimit64", 0, 7, 0), says("prlimit64", 0, 0, 1 << 40)] == [ALLOW, ALLOW]
    assert [says("prlimit64", 5, 7, 0), says("prlimit64", 0, 7, 1 << 40), says("prlimit64", 0, 7, 8)] == [
        REFUSE
    ] * 3
    assert [says("fcntl", 0, one) for one in (1030, 6, 7, 1024)] == [ALLOW, REFUSE, REFUSE, REFUSE]
    assert [says("ioctl", 0, one) for one in (0x5401, 0x5412, 0x541C)] == [ALLOW, REFUSE, REFUSE]
    assert says("clone3") == ABSENT


@pytest.mark.parametrize("machine", MACHINES.values(), ids=MACHINES)
def test_a_foreign_architecture_is_killed(machine: Machine) -> None:
    """Whatever the number: 32-bit x86, 32-bit Arm and the other machine of the table; on x86-64 also x32."""
    code = instructions(assemble(Policy(alone=True), machine))
    others = {0x4000_0003, 0x4000_0028, *(one.audit for one in MACHINES.values())} - {machine.audit}
    assert {verdict(code, other, 0) for other in others} == {KILL}
    assert verdict(code, machine.audit, 0x4000_0000) == (KILL if machine.column == "x86_64" else ABSENT)


def test_numbers_are_those_of_libseccomp() -> None:
    """Every number of both columns is the one that libseccomp knows; None is where it knows that there is none."""
    name = ctypes.util.find_library("seccomp")
    if name is None:
        assert not os.environ.get("CI"), "install libseccomp2"
        pytest.skip("libseccomp2 is not installed")
    resolve = ctypes.CDLL(name).seccomp_syscall_resolve_name_arch
    resolve.argtypes = [ctypes.c_uint32, ctypes.c_char_p]
    for machine in MACHINES.values():
        known = {call: resolve(machine.audit, call.encode()) for call in TABLE}
        # what it does not have on a machine it gives a negative number
        expected = {call: found if found >= 0 else None for call, found in known.items()}
        assert expected == {call: number(call, machine) for call in TABLE}


def test_the_policy_names_what_is_in_the_table() -> None:
    """A misspelt name would silently be refused."""
    widest = seccomp.allowed(Policy(alone=True, processes=True))
    assert sorted(widest - TABLE.keys()) == []

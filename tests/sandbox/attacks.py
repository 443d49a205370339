"""Submissions that cheat, spy or destroy. Each is one cell; what it attacks is in its name.

FORGERIES answer `f(n)`, whose checks ask for the square of n, and must never pass. SPIES define `spy()`, which gives
the list of what it could see or do, and that must be empty. BOMBS must end within their limits, and the grader go on.
HOARDS take more than they may where it is hard to see, and must be told of it: what they say is in their name.
"""

FORGERIES = {
    "an object that equals everything": """
class Any:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
def f(n): return Any()
""",
    "a number that equals everything": """
class Any(int):
    def __eq__(self, other): return True
    def __hash__(self): return 0
def f(n): return Any(0)
""",
    "a metaclass that equals everything": """
class Meta(type):
    def __eq__(cls, other): return True
    def __hash__(cls): return 0
class Any(metaclass=Meta): pass
def f(n): return Any
""",
    "an object that says it is an int": """
class Any:
    __class__ = int
    def __eq__(self, other): return True
    def __index__(self): return 0
def f(n): return Any()
""",
    "an array that equals everything": """
import numpy
class Any(numpy.ndarray):
    def __eq__(self, other): return True
def f(n): return numpy.zeros(1).view(Any)
""",
    "an end of the process in the call": "import os\ndef f(n): os._exit(0)",
    "an end of the process in the cell": "import os\nos._exit(0)",
    "an exit in the call": "import sys\ndef f(n): sys.exit(0)",
    "an exit in the cell": "def f(n): return 0\nraise SystemExit(0)",
    "a success at exit": "import atexit, os\natexit.register(lambda: os._exit(0))\ndef f(n): raise SystemExit(0)",
    "another program in place of the kernel": "import os\ndef f(n): os.execv('/bin/true', ['true'])",
    "a crash": "import ctypes\ndef f(n): ctypes.string_at(0)",
    "builtins rebound": """
import builtins
builtins.AssertionError = ValueError
builtins.isinstance = lambda *a: True
builtins.type = lambda *a: int
builtins.len = lambda a: 0
def f(n): return 0
""",
    "an agent that answers with an outcome": """
import json, sys
agent = sys.modules['jupyter_tutor.grading.boundary.agent']
passed = {'name': 'tests/1', 'visible': False, 'status': 'passed', 'message': '', 'ms': 0}
agent.AGENT.answer = lambda request: json.dumps({'nonce': request['nonce'], 'outcome': passed, 'value': None})
def f(n): return 0
""",
    "an agent that says it is done": """
import json, sys
agent = sys.modules['jupyter_tutor.grading.boundary.agent']
agent.AGENT.answer = lambda request: json.dumps({'done': []})
def f(n): return 0
""",
    "an agent that hands out handles for numbers": """
import json, sys
agent = sys.modules['jupyter_tutor.grading.boundary.agent']
def answer(request):
    if request['do'] == 'name':
        return json.dumps({'nonce': request['nonce'], 'value': ['handle', 0, 'f', None], 'out': '', 'changes': {}})
    return json.dumps({'nonce': request['nonce'], 'value': ['handle', 1, 'int', None], 'out': '', 'changes': {}})
agent.AGENT.answer = answer
def f(n): return 0
""",
    "an agent that sends types of its own": """
import json, sys
agent = sys.modules['jupyter_tutor.grading.boundary.agent']
real = agent.AGENT.answer
agent.AGENT.answer = lambda request: real(request) if request['do'] == 'name' else json.dumps(
    {'nonce': request['nonce'], 'value': ['__import__', 'os'], 'out': '', 'changes': {'0': [1], 'x': {}}})
def f(n): return 0
""",
    "outcomes written into every open file": """
import os
passed = b'{"outcome": {"name": "tests/1", "visible": true, "status": "passed", "message": "", "ms": 0}}'
line = passed + b'\\n{"done": []}\\n'
def f(n):
    for number in range(3, 200):
        try: os.write(number, line)
        except OSError: pass
    return 0
""",
    "replies sent from a thread": """
import os, threading, time
def spam():
    while True:
        for number in range(3, 60):
            try: os.write(number, b'{"nonce": "", "value": 49, "out": "", "changes": {}}\\n')
            except OSError: pass
        time.sleep(0.001)
threading.Thread(target=spam, daemon=True).start()
def f(n): return 0
""",
    "results printed and displayed": """
def f(n):
    print('{"outcome": {"status": "passed"}}', {'status': 'passed'})
    display({'text/plain': 'passed'}, raw=True)
    return 0
""",
    "messages sent through the kernel's own session": """
kernel = get_ipython().kernel
def f(n):
    for name in ('execute_reply', 'status', 'error'):
        kernel.session.send(kernel.iopub_socket, name, {'status': 'ok', 'execution_state': 'idle'})
    return 0
""",
    "a kernel that no longer executes": "get_ipython().run_cell = lambda *a, **k: None\ndef f(n): return 0",
    "a failure that calls itself a success": """
class OutcomeException(BaseException): pass
class Passed(OutcomeException): pass
def f(n): raise Passed('passed')
""",
    "an assertion error of its own": "def f(n): raise AssertionError('passed')",
    "a property that lies": """
class Any:
    @property
    def __class__(self): return int
    def __getattribute__(self, name): return lambda *a: True
def f(n): return Any()
""",
    "a patched encoding": """
import sys
tables = sys.modules['jupyter_tutor.grading.boundary.wire']
tables.Encoder.encode = lambda self, value, depth=0: True
def f(n): return 0
""",
    "a closed connection": "import os\ndef f(n): os.closerange(3, 300)",
    "a tampered pytest and unittest": """
import unittest
unittest.TestCase.assertEqual = lambda *a: None
try:
    import pytest
    pytest.raises = lambda *a, **k: __import__('contextlib').nullcontext()
except ImportError: pass
def f(n): return 0
""",
}

SPIES = {
    "the tests in memory": """
import gc, re
def spy():
    found = []
    for o in gc.get_objects():
        if type(o) in (list, tuple, dict):
            parts = list(o.values()) if type(o) is dict else list(o)
            found += [x for x in parts if type(x) is str and re.search('mark-[0-9a-f]{32}', x)]
    return found
""",
    "the tests in the frames of the caller": """
import re, sys
def spy():
    found, frame = [], sys._getframe()
    while frame:
        found += [k for k, v in frame.f_locals.items() if type(v) is str and re.search('mark-[0-9a-f]{32}', v)]
        frame = frame.f_back
    return found
""",
    "the tests in the history": """
import re
def spy(): return [c for c in get_ipython().user_ns.get('In', []) if re.search('mark-[0-9a-f]{32}', c)]
""",
    "the tests in files": """
import os, re, sys
def spy():
    found = []
    for top in ('/tmp', '/home', '/run', '/var', os.getcwd()):
        for folder, folders, names in os.walk(top):
            folders[:] = [] if folder.startswith(sys.prefix) else folders
            for name in names:
                try: text = open(os.path.join(folder, name), 'rb').read(1_000_000)
                except OSError: continue
                if re.search(b'mark-[0-9a-f]{32}', text): found.append(name)
    return found
""",
    "the judge's words in memory": """
import re
def spy():
    found = []
    try: maps, mem = open('/proc/self/maps'), open('/proc/self/mem', 'rb')
    except OSError: return []
    for line in maps:
        span, rights = line.split()[:2]
        low, high = (int(x, 16) for x in span.split('-'))
        try:
            mem.seek(low)
            found += re.findall(b'mark-[0-9a-f]{32}', mem.read(min(high - low, 50_000_000))) if 'w' in rights else []
        except (OSError, ValueError, OverflowError): pass
    return found
""",
    "secrets in the environment": """
import os
def spy(): return [k for k, v in os.environ.items() if 'marked' in v or 'TOKEN' in k or 'KEY' in k]
""",
    "secrets in other processes' environments": """
import os
def spy():
    found = []
    for pid in range(1, 40_000):
        for name in ('environ', 'cmdline'):
            try:
                if b'marked' in open(f'/proc/{pid}/{name}', 'rb').read(): found.append(pid)
            except OSError: pass
    return found
""",
    "files of the machine": """
import os
def spy():
    found = []
    for path in ('{secret}', '/etc/passwd', '/etc/shadow', '/etc/hostname', '/var/log', '/boot', '/sys/class/net'):
        try:
            (os.listdir if os.path.isdir(path) else lambda p: open(p).read())(path)
            found.append(path)
        except OSError: pass
    return found
""",
    "the installed curriculum": """
import os, sys
def spy():
    found = []
    for folder, folders, names in os.walk('/'):
        folders[:] = [n for n in folders if n not in ('site-packages', 'proc', 'sys', 'doc', 'include')]
        for name in names:
            if name in ('meteor-pairs.ipynb', 'tutor.sqlite'):
                try: open(os.path.join(folder, name)).read(1); found.append(name)
                except OSError: pass
    return found
""",
    "Jupyter's settings": """
import glob, sys
def spy():
    found = []
    for path in glob.glob(f'{sys.prefix}/etc/jupyter/**/*.json', recursive=True):
        try: open(path).read(); found.append(path)
        except OSError: pass
    return found
""",
    "a server on this machine": """
import socket
def spy():
    found = []
    for host in ('127.0.0.1', '::1', 'localhost', '8.8.8.8'):
        try: socket.create_connection((host, {port}), 1).close(); found.append(host)
        except OSError: pass
    return found
""",
    "a name on the network": """
import socket
def spy():
    try: return [socket.gethostbyname('pypi.org')]
    except OSError: return []
""",
    "datagrams": """
import socket
def spy():
    try: return [socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', {port}))]
    except OSError: return []
""",
    "a local socket of the machine": """
import socket
def spy():
    found = []
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW):
        for name in ('{unix}', '\\0{abstract}', '/var/run/docker.sock', '/run/dbus/system_bus_socket'):
            try: socket.socket(socket.AF_UNIX, kind).connect(name); found.append(name)
            except OSError: pass
    return found
""",
    "a service of its own": """
import socket
def spy():
    try:
        s = socket.socket(socket.AF_INET); s.bind(('0.0.0.0', 0)); s.listen(); return [s.getsockname()]
    except OSError: return []
""",
    "other processes": """
import os
def spy():
    mine = {os.getpid()}
    try: return [p for p in os.listdir('/proc') if p.isdigit() and int(p) not in mine
                 and 'tutor' in open(f'/proc/{p}/cmdline').read()]
    except OSError: return []
""",
    "signals to other processes": """
import os, signal
def spy():
    found = []
    for pid in ({worker}, {server}, os.getppid(), 1):
        if pid in (0, os.getpid()): continue
        try: os.kill(pid, 0); found.append(pid)
        except OSError: pass
    return found
""",
    "a process group of others": """
import os
def spy():
    found = []
    for group in ({worker}, {server}):
        try: os.killpg(group, 0); found.append(group)
        except OSError: pass
    return found
""",
    "modes, times and attributes of the files of others": """
import os
def spy():
    found = []
    for path in ('{secret}', os.path.dirname('{secret}')):
        try:
            before = os.stat(path)
            for name, change in (
                ('mode', lambda: os.chmod(path, 0o777)), ('owner', lambda: os.chown(path, os.getuid(), os.getgid())),
                ('time', lambda: os.utime(path, (1, 1))), ('xattr', lambda: os.setxattr(path, 'user.mark', b'x')),
            ):
                try: change()
                except OSError: continue
                if os.stat(path) != before or name not in ('mode', 'time'): found.append(name)
        except OSError: pass
    return found
""",
    "limits and priorities of other processes": """
import os, resource
def spy():
    found = []
    for pid in ({worker}, {server}):
        for name, change in (
            ('limits', lambda: resource.prlimit(pid, resource.RLIMIT_CORE, (0, 0))),
            ('affinity', lambda: os.sched_setaffinity(pid, os.sched_getaffinity(0))),
            ('priority', lambda: os.setpriority(os.PRIO_PROCESS, pid, 1)),
        ):
            try: change(); found.append(name)
            except OSError: pass
        try:
            os.sched_setscheduler(pid, os.SCHED_BATCH, os.sched_param(0))
            if os.sched_getscheduler(pid) == os.SCHED_BATCH: found.append('scheduler')
        except OSError: pass
    return found
""",
    "the terminals of others": """
import os, time
def spy():
    try: os.openpty()
    except OSError: return []
    time.sleep(0.5)
    return sorted(os.listdir('/dev/pts'))[2:]
""",
    "a debugger on others": """
import ctypes, os
def spy():
    libc = ctypes.CDLL(None, use_errno=True)
    return [p for p in ({worker}, {server}, os.getppid()) if p > 1 and libc.ptrace(16, p, 0, 0) == 0]
""",
    "new namespaces and mounts": """
import ctypes, os
def spy():
    libc = ctypes.CDLL(None, use_errno=True)
    tries = {
        'user namespace': lambda: libc.unshare(0x10000000),
        'mount namespace': lambda: libc.unshare(0x20000),
        'mount': lambda: libc.mount(b'tmpfs', b'/mnt', b'tmpfs', 0, None),
        'umount': lambda: libc.umount2(b'/proc', 2),
        'chroot': lambda: libc.chroot(b'/'),
    }
    return [name for name, call in tries.items() if call() == 0]
""",
    "rights by programs that have them": """
import subprocess
def spy():
    found = []
    for command in (['su', '-c', 'id'], ['sudo', '-n', 'id'], ['bwrap', '--dev-bind', '/', '/', 'true']):
        try:
            done = subprocess.run(command, capture_output=True, timeout=5)
            if done.returncode == 0: found.append(command)
        except (OSError, subprocess.SubprocessError): pass
    return found
""",
    "higher limits": """
import resource
def spy():
    found = []
    for name in ('RLIMIT_DATA', 'RLIMIT_NPROC', 'RLIMIT_FSIZE', 'RLIMIT_CPU'):
        kind = getattr(resource, name)
        try:
            resource.setrlimit(kind, (resource.RLIM_INFINITY, resource.RLIM_INFINITY)); found.append(name)
        except (ValueError, OSError): pass
    return found
""",
    "places to write": """
import os, sys
def spy():
    import IPython
    found = []
    packages = os.path.dirname(IPython.__file__)
    for folder in ('/', '/usr', '/etc', '/dev', '/dev/pts', '/run', '/var/tmp', '/opt', sys.prefix, packages):
        try: open(os.path.join(folder, 'planted'), 'w').close(); found.append(folder)
        except OSError: pass
    return found
""",
    "devices": """
def spy():
    found = []
    for name in ('mem', 'kmem', 'sda', 'vda', 'kmsg', 'fuse', 'kvm'):
        try: open(f'/dev/{name}', 'rb').read(1); found.append(name)
        except OSError: pass
    return found
""",
    "calls of the kernel that are not for it": """
import ctypes
def spy():
    libc = ctypes.CDLL(None, use_errno=True)
    numbers = {'bpf': 321, 'perf_event_open': 298, 'userfaultfd': 323, 'io_uring_setup': 425, 'memfd_create': 319}
    return [name for name, number in numbers.items() if libc.syscall(number, 0, 0, 0, 0, 0) >= 0]
""",
    "what an earlier submission left": """
import os
def spy():
    found = []
    for folder in ('/tmp', '/dev/shm', os.path.expanduser('~'), os.getcwd(), '/var/tmp'):
        path = os.path.join(folder, 'left-behind')
        if os.path.exists(path): found.append(path)
        try: open(path, 'w').close()
        except OSError: pass
    return found
""",
    "the folders of other submissions": """
import glob, os
def spy():
    found = []
    for path in glob.glob('/tmp/tutor-*/*/work') + glob.glob('/run/tutor/*/work'):
        try:
            if os.listdir(path) is not None and not os.path.samefile(path, os.getcwd()): found.append(path)
        except OSError: pass
    return found
""",
}

BOMBS = {
    "the kernel's sockets closed after the cell": """
import gc, threading, time, zmq
def close():
    time.sleep(0.05)
    for thing in gc.get_objects():
        if type(thing).__module__.startswith('zmq') and isinstance(thing, zmq.Socket):
            thing.close(0)
threading.Thread(target=close, daemon=True).start()
def f(n): return n
time.sleep(0.05)
""",
    "the kernel's sockets closed before a cell": """
import gc, zmq
for thing in gc.get_objects():
    if type(thing).__module__.startswith('zmq') and isinstance(thing, zmq.Socket):
        thing.close(0)
""",
    "forks": "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass",
    "forks in the call": "import os\ndef f(n):\n    while True:\n        try: os.fork()\n        except OSError: pass",
    "threads": """
import threading, time
while True:
    try: threading.Thread(target=time.sleep, args=(60,)).start()
    except RuntimeError: time.sleep(0.01)
""",
    "memory": "hold = []\nwhile True:\n    try: hold.append(bytearray(10_000_000))\n    except MemoryError: pass",
    "memory of many processes": """
import os, time
for _ in range(10):
    if not os.fork():
        hold = [os.urandom(1_000_000) for _ in range(150)]
        time.sleep(60)
time.sleep(60)
""",
    "shared memory": """
import mmap
hold = []
while True:
    m = mmap.mmap(-1, 50_000_000); m.write(b'x' * 50_000_000); hold.append(m)
""",
    "files": "for i in range(10**9):\n    with open(f'{i}', 'wb') as out: out.write(b'x' * 1_000_000)",
    "small files": "for i in range(10**9):\n    open(f'{i}', 'w').close()",
    "a large file": "with open('large', 'wb') as out:\n    while True: out.write(b'x' * 1_000_000)",
    "files in its own memory": """
import tempfile
while True:
    with tempfile.NamedTemporaryFile(delete=False) as out: out.write(b'x' * 1_000_000)
""",
    "printing": "while True: print('x' * 1000)",
    "a display of 200 MB": "display({'text/plain': 'x' * 200_000_000}, raw=True)\ndef f(n): return 0",
    "a loop that cannot be interrupted": """
import signal
signal.signal(signal.SIGINT, signal.SIG_IGN)
def f(n):
    while True: pass
""",
    "a loop that catches everything": """
def f(n):
    while True:
        try:
            while True: pass
        except BaseException: pass
""",
    "a stopped process": "import os, signal\ndef f(n): os.kill(os.getpid(), signal.SIGSTOP)",
    "an end by its own signal": "import os, signal\ndef f(n): os.kill(os.getpid(), signal.SIGKILL)",
    "a text of 300 MB": "def f(n): return 'x' * 300_000_000",
    "an endless iterator": "import itertools\ndef f(n): return itertools.count()",
    "a list of a million lists, each in the next": """
def f(n):
    deep = []
    for _ in range(10**6): deep = [deep]
    return deep
""",
    "a number of a million digits": "def f(n): return 10 ** 1_000_000",
    "endless recursion": "import sys\nsys.setrecursionlimit(10**9)\ndef f(n): return f(n)",
    "a loop in the cell": "while True: pass",
    "its sockets removed": """
import glob, os
for path in glob.glob(os.path.expanduser('~/k/*')): os.unlink(path)
def f(n): return 0
""",
    "processes that outlive it": """
import os, time
def f(n):
    if not os.fork():
        try: os.setsid()
        except OSError: pass
        if not os.fork(): time.sleep(600)
        os._exit(0)
    return 0
""",
}

HOARDS = {
    "more than 512 MB of memory: in processes whose parents ended": """
import os, time
for _ in range(6):
    if not os.fork():
        if not os.fork():
            hold = os.urandom(1_000_000) * 120
            time.sleep(60)
        os._exit(0)
time.sleep(60)
""",
    "more than 512 MB of memory|cannot be counted: in a process that hides it": """
import ctypes, mmap, time
ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)
hold = mmap.mmap(-1, 700_000_000)
for start in range(0, 700_000_000, 4096): hold[start] = 1
time.sleep(60)
""",
    "more than 64 MB: in files with holes": """
import time
for name in range(6):
    with open(f'{name}', 'wb') as out: out.truncate(15_000_000)
time.sleep(60)
""",
    "more than 64 MB: in files that are removed": """
import os, time
hold = []
for name in range(6):
    hold.append(open(f'{name}', 'wb', 0))
    os.unlink(f'{name}')
    hold[-1].write(bytes(15_000_000))
time.sleep(60)
""",
    "more than 64 MB: below 1,500 folders": """
import os, time
for _ in range(1500):
    os.mkdir('d')
    os.chdir('d')
for name in range(6):
    with open(f'{name}', 'wb') as out: out.truncate(15_000_000)
time.sleep(60)
""",
    "more than 64 MB|cannot be counted: in a folder that is closed": """
import os, time
os.mkdir('closed', 0o300)
for name in range(6):
    with open(f'closed/{name}', 'wb') as out: out.write(bytes(15_000_000))
time.sleep(60)
""",
    "or 2000 files|cannot be counted: below folders deeper than a path is long": """
import os, time
for _ in range(60):
    os.mkdir('d' * 200)
    os.chdir('d' * 200)
for name in range(1900):
    open(f'{name}', 'w').close()
    os.mkdir(f'folder-{name}')
time.sleep(60)
""",
}

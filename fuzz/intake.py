"""Throws many inputs at the reading of submissions and plan files: `python fuzz/intake.py --runs 20000 --jobs 2`.

It needs `atheris` beside the package (`pip install atheris`), which guides it to inputs that reach new code. Each job
has a seed of its own, the same each time, and works on a copy of the seeds. Fails where an input raises anything, takes
more than two seconds of the processor or makes the process larger than `MEMORY_MB`; such an input is kept in
`fuzz/crashes/`, and `python fuzz/intake.py fuzz/crashes/NAME` runs it again. Being watched makes the program slower, so
an input that took too long in a job is timed again in a process that nothing watches.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
CRASHES = HERE / "crashes"
MEMORY_MB = 512
"""Resident memory of a process that has read any number of inputs of at most 64 KiB."""
HANGS_SECONDS, RUNAWAY_MB = 20, 2048
"""Where the fuzzer itself ends a job, in the midst of an input. It goes by the clock, so on a busy machine two seconds
would be too few."""
EVERY_SECONDS = 0.5
"""So often a job writes down how far it is: it is ended without notice."""


@dataclass
class Tally:
    """What a job has seen so far."""

    path: Path
    runs: int
    inputs: int = 0
    with_figures: int = 0
    figures: int = 0
    findings: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    written: float = 0.0

    def add(self, figures: int, findings: Counter[str], seconds: float) -> None:
        self.inputs += 1
        self.with_figures += figures > 0
        self.figures += figures
        self.findings += findings
        self.slowest = max(self.slowest, seconds)
        now = time.monotonic()
        if now - self.written >= EVERY_SECONDS or self.inputs >= self.runs:
            self.written = now
            # In one step: the job may be ended while it writes.
            half = self.path.with_suffix(".new")
            half.write_text(json.dumps(self.facts()), encoding="utf-8")
            half.replace(self.path)

    def facts(self) -> dict[str, object]:
        return {
            "inputs": self.inputs,
            "with_figures": self.with_figures,
            "figures": self.figures,
            "findings": self.findings,
            "slowest": self.slowest,
            "peak_mb": peak_mb(),
        }


def peak_mb() -> int:
    """The most resident memory that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=100_000, help="inputs of all jobs together (default: %(default)s)")
    parser.add_argument("--jobs", type=int, default=2, help="processes side by side (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=2019, help="where chance begins (default: %(default)s)")
    parser.add_argument("--job", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--timed", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("inputs", nargs="*", type=Path, help="run these files once each, and nothing else")
    given = parser.parse_args()
    if given.job is not None:
        work(given.job, given.runs, given.seed)
        return 0
    if given.inputs:
        return again(given.inputs, thorough=not given.timed)
    return spread(given.runs, given.jobs, given.seed)


def spread(runs: int, jobs: int, seed: int) -> int:
    """Run all jobs, say what they saw, and keep what went wrong."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        homes = [Path(folder, str(at)) for at in range(jobs)]
        started = []
        for at, home in enumerate(homes):
            for inside in ("corpus", "found", "slow"):
                (home / inside).mkdir(parents=True)
            share = runs // jobs + (at < runs % jobs)
            command = [sys.executable, __file__, "--job", str(home), "--runs", str(share), "--seed", str(seed + at)]
            with (home / "log").open("wb") as log:
                started.append(subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT))
        failed = [home for home, job in zip(homes, started, strict=True) if job.wait()]
        say(homes, time.monotonic() - begun)
        for home in failed:
            print(what_went_wrong((home / "log").read_text(encoding="utf-8", errors="replace")))
            keep(home / "found")
        too_slow = [home for home in homes if not are_fast_alone(home / "slow")]
        for home in too_slow:
            keep(home / "slow")
    return 1 if failed or too_slow else 0


def are_fast_alone(folder: Path) -> bool:
    """Time the inputs of `folder` one by one, each in a process of its own."""
    commands = ([sys.executable, __file__, "--timed", str(path)] for path in sorted(folder.iterdir()))
    codes = [subprocess.run(command, check=False).returncode for command in commands]
    return not any(codes)


def say(homes: list[Path], seconds: float) -> None:
    """The jobs together."""
    tallies = [json.loads(path.read_text(encoding="utf-8")) for home in homes if (path := home / "tally.json").exists()]
    findings = sum((Counter(tally["findings"]) for tally in tallies), Counter())
    total = {key: sum(tally[key] for tally in tallies) for key in ("inputs", "with_figures", "figures")}
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = used.ru_utime + used.ru_stime
    print(
        f"{total['inputs']:,} files read in {seconds:.0f} s by {len(homes)} jobs, which took {busy:.0f} s of processor time"
    )
    print(f"{total['with_figures']:,} gave figures, {total['figures']:,} in all")
    print(f"{findings.total():,} findings by {len(findings)} rules, most of all")
    for rule, count in findings.most_common(10):
        print(f"  {count:>9,} {rule}")
    print(f"the slowest file took {max((tally['slowest'] for tally in tallies), default=0):.2f} s")
    print(f"the largest job took {max((tally['peak_mb'] for tally in tallies), default=0)} MB; {MEMORY_MB} are allowed")


def what_went_wrong(log: str) -> str:
    """The end of a job's log without the lines that say how far it is."""
    lines = [line for line in log.splitlines() if line and not line.startswith(("#", "INFO:", "WARNING:"))]
    return "\n".join(lines[-60:])


def keep(folder: Path) -> None:
    """Copy what made a job fail to where it outlives it, and say how to run it again."""
    CRASHES.mkdir(exist_ok=True)
    for path in sorted(folder.iterdir()):
        shutil.copy(path, CRASHES)
        print(f"kept: python fuzz/intake.py fuzz/crashes/{path.name}")


def again(inputs: list[Path], *, thorough: bool) -> int:
    """Run each file once; what goes wrong is raised."""
    import target

    plan = target.the_plan()
    for path in inputs:
        begun = time.process_time()
        outcome = target.check_one(path.read_bytes(), plan, thorough=thorough)
        seconds = time.process_time() - begun
        print(f"{path}: {outcome.figures} figures, {dict(outcome.findings)}, {seconds:.2f} s, {peak_mb()} MB")
        if seconds > target.SECONDS or peak_mb() > MEMORY_MB:
            return 1
    return 0


def work(home: Path, runs: int, seed: int) -> None:
    """One job: never returns, for the fuzzer ends the process when it is done."""
    import atheris

    with atheris.instrument_imports(include=["vinhchau_kpi"]):
        import target

        import vinhchau_kpi.intake.cut.workbook  # noqa: F401 - else imported where it is needed, and then not watched
    import mutation

    plan = target.the_plan()
    tally = Tally(home / "tally.json", runs)

    def raw(data: bytes, size: int) -> bytes:
        made: bytes = atheris.Mutate(data, size)  # looked up each time: before the fuzzer runs it is another
        return made

    mutate = mutation.Mutator(mutation.vocabulary(plan), raw, target.LARGEST)
    for name, data in target.seeds().items():
        (home / "corpus" / name).write_bytes(data)

    def one(data: bytes) -> None:
        begun = time.process_time()
        outcome = target.check_one(data, plan)
        seconds = time.process_time() - begun
        tally.add(outcome.figures, outcome.findings, seconds)
        # The fuzzer looks at the clock and the memory too, but once a second: what it blames may be the input after.
        if seconds > target.SECONDS:
            (home / "slow" / hashlib.sha256(data).hexdigest()[:40]).write_bytes(data)
        if peak_mb() > MEMORY_MB:
            raise MemoryError(f"{peak_mb()} MB")

    arguments = [
        sys.argv[0],
        f"-runs={runs}",
        f"-seed={seed}",
        f"-max_len={target.LARGEST}",
        f"-timeout={HANGS_SECONDS}",
        f"-rss_limit_mb={RUNAWAY_MB}",
        f"-artifact_prefix={home / 'found'}/",
        str(home / "corpus"),
    ]
    atheris.Setup(arguments, one, custom_mutator=lambda data, _size, chance: mutate(data, chance))
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())

"""What is kept between runs: read back, made again where it is not whole, and never in the way."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from sijill import cache
from sijill.names.place_index import PlaceIndex, load_places
from sijill.text.forms import forms_version, load_forms

CONTENT = b"words and numbers " * 1000


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder that is not there yet."""
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


def never() -> bytes:
    raise AssertionError("it was made again though it is kept")


def files(home: Path) -> list[str]:
    return sorted(file.name for file in home.iterdir())


def test_what_was_made_once_is_read_back(home: Path) -> None:
    assert cache.kept("kind", "key", lambda: CONTENT) == CONTENT
    assert cache.kept("kind", "key", never) == CONTENT
    assert files(home) == ["kind-key.bin"]


def test_other_parts_make_other_keys() -> None:
    assert cache.key_of("a", "b") == cache.key_of("a", "b")
    keys = {cache.key_of("a", "b"), cache.key_of("ab"), cache.key_of("a"), cache.key_of(), cache.key_of(derived=True)}
    assert len(keys) == 5


def test_an_empty_variable_turns_keeping_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(cache.VARIABLE, "")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache.folder() is None
    assert [cache.kept("kind", "key", lambda: CONTENT) for _ in range(2)] == [CONTENT, CONTENT]
    assert files(tmp_path) == []


def test_without_the_variable_the_folder_is_the_user_s(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(cache.VARIABLE)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache.folder() == tmp_path / "sijill"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache.folder() == tmp_path / ".cache" / "sijill"


@pytest.mark.parametrize(
    "broken",
    [b"", b"sijill", CONTENT, None, "cut", "flipped"],
    ids=["empty", "cut in its head", "no file of ours", "no file at all", "cut", "one bit flipped"],
)
def test_a_file_that_is_not_whole_is_made_again(home: Path, broken: bytes | str | None) -> None:
    cache.kept("kind", "key", lambda: CONTENT)
    file = home / "kind-key.bin"
    whole = file.read_bytes()
    if broken is None:
        file.unlink()
    elif broken == "cut":
        file.write_bytes(whole[:-1])
    elif broken == "flipped":
        file.write_bytes(whole[:-9] + bytes([whole[-9] ^ 1]) + whole[-8:])
    else:
        assert isinstance(broken, bytes)
        file.write_bytes(broken)
    assert cache.kept("kind", "key", lambda: CONTENT) == CONTENT
    assert file.read_bytes() == whole
    assert cache.kept("kind", "key", never) == CONTENT


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("no folder")
    for told in (tmp_path / "file", tmp_path / "file" / "below", Path("/proc/nowhere")):
        monkeypatch.setenv(cache.VARIABLE, str(told))
        assert cache.kept("kind", "key", lambda: CONTENT) == CONTENT
    assert files(tmp_path) == ["file"]


def test_a_write_that_fails_leaves_nothing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert cache.kept("kind", "key", lambda: CONTENT) == CONTENT
    assert files(home) == []


def test_files_of_older_data_go(home: Path) -> None:
    for number in range(12):
        cache.kept("kind", f"key{number}", lambda: CONTENT)
        os.utime(home / f"kind-key{number}.bin", (number, number))
    (home / ".kind-killed").write_bytes(b"half")
    os.utime(home / ".kind-killed", (1, 1))
    (home / ".kind-writing").write_bytes(b"half")
    cache.kept("other", "key", lambda: CONTENT)
    cache.kept("kind", "last", lambda: CONTENT)
    assert ".kind-killed" not in files(home)
    assert ".kind-writing" in files(home)
    assert len([name for name in files(home) if name.startswith("kind-")]) == 8
    assert "other-key.bin" in files(home)


def test_writers_at_once_leave_one_whole_file(home: Path) -> None:
    """Each writes something else, longer or shorter; whoever reads meanwhile sees one of them, whole."""
    contents = [bytes([number]) * (1000 + 7919 * number) for number in range(8)]
    begin = threading.Barrier(len(contents))
    seen: list[bytes] = []

    def work(content: bytes) -> None:
        begin.wait()
        for _ in range(20):
            seen.append(cache.kept("kind", "key", lambda: content))
            (home / "kind-key.bin").unlink(missing_ok=True)

    threads = [threading.Thread(target=work, args=(content,)) for content in contents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 160
    assert set(seen) <= set(contents)
    assert all(name == "kind-key.bin" for name in files(home))


def test_processes_that_start_at_once_read_alike(home: Path) -> None:
    program = "from sijill.text.forms import load_forms as f; print(len(f()), hash(frozenset(f().items())))"
    environment = {**os.environ, "PYTHONHASHSEED": "1", cache.VARIABLE: str(home)}
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
    started = [
        subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, env=environment) for _ in range(3)
    ]
    told = {process.communicate()[0] for process in started}
    assert [process.returncode for process in started] == [0, 0, 0]
    assert len(told) == 1
    assert len(files(home)) == 1


@pytest.mark.usefixtures("home")
def test_the_forms_are_those_of_the_dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    fresh, kept = load_forms.__wrapped__(), load_forms.__wrapped__()
    monkeypatch.setenv(cache.VARIABLE, "")
    given = load_forms.__wrapped__()
    assert len(fresh) == len(given) > 250_000
    assert fresh == kept == dict(given.items())
    assert forms_version().startswith("simplemma ")


def test_the_names_of_places_come_back_as_they_were() -> None:
    index = load_places()
    back = PlaceIndex.unpacked(index.packed())
    assert back.words() == index.words()
    assert dict(back.firsts) == dict(index.firsts)
    assert back.shared == index.shared
    keys = ("حلب", "دير الزور", "الرقه", "لا مكان")
    assert [back.get(key) for key in keys] == [index.get(key) for key in keys]
    assert index.get("حلب") is not None

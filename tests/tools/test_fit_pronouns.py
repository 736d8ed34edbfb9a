"""The command that fits the weights of pronouns reads gold and prints the table that the engine reads."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
STORIES = [
    "In brief\n\n{a} opened the hall in the morning with {b}.\n\n“The roof holds,” {she} said.",
    "In brief\n\n{a} waited at the mill. A letter had come from {b}. “Nobody answered,” {she} said.",
]
PEOPLE = [("Ida Quill", "Clara Fenn", "she"), ("Peter Vennor", "Jonas Pell", "he"), ("Greta Holm", "Nora Eskil", "she")]


def gold(folder: Path) -> Path:
    """Write articles in which the subject of the sentence is meant, not the name behind the preposition."""
    lines = []
    for n, story in enumerate(STORIES):
        for k, (a, b, she) in enumerate(PEOPLE):
            text = story.format(a=a, b=b, she=she)
            at = text.rindex(f" {she} said") + 1
            words = text[text.index("“") + 1 : text.index(",”")]
            quote = {"kind": "direct", "text": words, "speaker": she, "speaker_canonical": a}
            quote |= {"speaker_start": at, "speaker_end": at + len(she)}
            lines.append(json.dumps({"id": f"{n}-{k}", "lang": "en", "text": text, "quotes": [quote]}))
    path = folder / "gold.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_the_subject_learns_to_outweigh_the_name_behind_a_preposition(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "tools" / "fit_pronouns.py"), str(gold(tmp_path))]
    done = subprocess.run(command, cwd=ROOT, env=None, capture_output=True, text=True, encoding="utf-8", check=True)
    assert "6 of 6 pronouns" in done.stderr
    weights = tomllib.loads(done.stdout)["antecedents"]
    subjects = [w for f, w in weights.items() if f.startswith("subject")]
    obliques = [w for f, w in weights.items() if f.startswith("oblique")]
    assert subjects
    assert obliques
    assert min(subjects) > max(obliques)

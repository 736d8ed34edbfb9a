"""Front matter as the common generators of sites write it, each by an example of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from reading import article, blocks

from digest import read

BODY = "\n“The quay holds,” said Ida Quill.\n"

HUGO = """+++
title = 'Quay opens'
date = 2025-03-03T08:00:00+01:00
lastmod = 2025-04-01
authors = ["Ida Quill", "Bram Oxley"]
canonicalURL = "https://tarn.example/quay"
tags = ["harbour"]
weight = 3
draft = false
[params]
  toc = true
+++
"""
ZOLA = """+++
title = "Quay opens"
date = 2025-03-03
authors = ["Ida Quill", "Bram Oxley"]
link = "https://tarn.example/quay"
[taxonomies]
tags = ["harbour"]
[extra]
cover = "quay.jpg"
+++
"""
JEKYLL = """---
layout: post
title: "Quay opens"
date: 2025-03-03 08:00:00 +0100
author: [Ida Quill, Bram Oxley]
categories: [harbour]
permalink: /2025/:title/
canonical_url: https://tarn.example/quay
---
"""
ELEVENTY = """---
title: Quay opens
date: 2025-03-03
creator: Ida Quill, Bram Oxley
permalink: false
canonical: https://tarn.example/quay
eleventyNavigation:
  key: quay
tags:
  - post
---
"""
HEXO = """---
title: Quay opens
date: 2025/03/03 08:00:00
updated: 2025-04-01
authors: [Ida Quill, Bram Oxley]
url: https://tarn.example/quay
toc: true
---
"""
PELICAN = """Title: Quay opens
Date: 2025-03-03 08:00
Modified: 2025-04-01
Authors: Ida Quill,
    Bram Oxley
Slug: quay
Category: harbour
Canonical: https://tarn.example/quay
Summary: The quay: open.

"""
OBSIDIAN = """---
title: Quay opens
source: "https://tarn.example/quay"
author:
  - "[[Ida Quill]]"
  - "[[people/bram|Bram Oxley]]"
published: 2025-03-03
created: 2025-06-01
description: "Nine years late."
tags:
  - "clippings"
---
"""


@pytest.mark.parametrize(
    "front",
    [HUGO, ZOLA, JEKYLL, ELEVENTY, HEXO, PELICAN, OBSIDIAN],
    ids=["hugo", "zola", "jekyll", "eleventy", "hexo", "pelican", "obsidian"],
)
def test_what_a_generator_wrote_is_read_without_a_doubt(tmp_path: Path, front: str) -> None:
    found = article(tmp_path, "quay.md", front + BODY)
    assert (found.title, found.published, found.date_basis) == ("Quay opens", "2025-03-03", "front matter")
    assert (found.byline, found.url) == ("Ida Quill, Bram Oxley", "https://tarn.example/quay")
    assert (found.text, found.notes) == ("Quay opens\n\n“The quay holds,” said Ida Quill.", ())


@pytest.mark.parametrize(
    "text",
    [
        "Tarn: The quay opened on Monday.\nBay: It did not.\n\nMore.",
        "Title: Quay opens\n\nOne line is not enough.",
        "Title: Quay opens\nIda Quill: We waited.\n\nMore.",
        "Date: 2025-03-03\nAuthor: Ida Quill\n\nNo title.",
        "Title: Quay opens\nDate: 2025-03-03\nand so on",
    ],
)
def test_words_with_a_colon_are_no_headers(tmp_path: Path, text: str) -> None:
    found = article(tmp_path, "quay.md", text)
    assert text.split()[0] in found.text
    assert found.published is None


@pytest.mark.parametrize(
    ("front", "message"),
    [
        ("+++\ntitle = \n+++\n", "this is not TOML"),
        ("+++\ntitle = 'a'\ntitle = 'b'\n+++\n", "this is not TOML"),
        ("+++\na = " + "[" * 5_000 + "\n+++\n", "this is not TOML"),
        ("+++\na = 1" + "0" * 5_000 + "\n+++\n", "this is not TOML"),
        ("+++\n" + "a." * 25_000 + "a = 1\n+++\n", "more than 2,000 dots"),
        ("+++\ntitle = 'a'\n", "has no end"),
        ("---\ntitle: a\n", "has no end"),
        ("---\ntitle: " + "a" * 64_001 + "\n---\n", "at most 64,000 are read"),
        ("+++\ntitle = '" + "a" * 64_001 + "'\n+++\n", "at most 64,000 are read"),
        ("---\ntitle: " + "[" * 20_000 + "\n---\n", "this is not YAML"),
        ("---\ntitle: [*t]\n---\n", "this is not YAML|repeats"),
        ("---\ntitle: &t [*t]\n---\n", "repeats what stands elsewhere"),
    ],
    ids=range(12),
)
def test_front_matter_that_is_broken_is_reported(tmp_path: Path, front: str, message: str) -> None:
    with pytest.raises(read.ReadError, match=message) as caught:
        article(tmp_path, "quay.md", front + BODY)
    assert caught.value.code in ("front matter", "too large")
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize(
    "key", ["template", "hide", "nav", "search", "status", "macros", "loader", "extends", "__class__"]
)
def test_no_key_of_a_publisher_passes_through(tmp_path: Path, key: str) -> None:
    found = article(tmp_path, "quay.md", f"---\n{key}: '{{{{ config }}}}'\ntitle: Quay opens\n---\n{BODY}")
    assert "config" not in repr((found.title, found.text, found.byline, found.outlet, found.url))


def test_what_only_a_generator_understands_is_no_text(tmp_path: Path) -> None:
    body = """# Quay opens

{{< figure src="quay.jpg" title="A quay" >}}
{% include ad.html %}
![[quay.jpg]]

> [!quote]- A word
> The [[people/ida|engineer]] of [[Tarn]] is glad.

The curly {brace} and {{ words }} stay.
"""
    found = article(tmp_path, "quay.md", body)
    assert blocks(found) == [
        ("title", "Quay opens"),
        ("quote", "A word The engineer of Tarn is glad."),
        ("paragraph", "The curly {brace} and {{ words }} stay."),
    ]

"""What the documents point to exists."""

import re

import pytest

from tests.architecture.sources import ROOT

FOLDERS = ("", "docs", "docs/decisions", "docs/model", "scenarios")
DOCUMENTS = sorted(path for folder in FOLDERS for path in (ROOT / folder).glob("*.md"))
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_of_a_document_lead_somewhere(document):
    targets = LINK.findall(document.read_text(encoding="utf-8"))
    local = [target for target in targets if "://" not in target]
    assert not [target for target in local if not (document.parent / target).exists()]


def test_there_are_documents_to_check():
    assert ROOT / "README.md" in DOCUMENTS
    assert len(DOCUMENTS) > 30

#!/usr/bin/env bash
# Makes the fonts of this folder: what names are written in and the font of the npm package @embedpdf/fonts-sc (simplified Han, Latin) lacks.
# Needs Debian's fonts-noto-cjk, fonts-noto-core and python3-fonttools. All of them are Noto fonts under the SIL Open Font License 1.1 (OFL.txt).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
base=$here/../../../node_modules/@embedpdf/fonts-sc/fonts/NotoSansHans-Regular.otf
cjk=/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc
noto=/usr/share/fonts/truetype/noto
python=/usr/bin/python3

subset() { "$python" -m fontTools.subset "$@" --no-hinting --name-IDs=0,1,2,3,4,5,6,13,14 --notdef-outline; }

lacking=$("$python" - "$base" "$cjk" <<'PYTHON'
import sys
from fontTools.ttLib import TTFont
known = set(TTFont(sys.argv[1]).getBestCmap())
whole = set(TTFont(sys.argv[2], fontNumber=2).getBestCmap())
ranges = [(0x2E80, 0x2FD5), (0x3040, 0x312F), (0x31A0, 0x31BF), (0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF)]
print(','.join(f'U+{code:04X}' for code in sorted(whole - known) if any(low <= code <= high for low, high in ranges)))
PYTHON
)
subset "$cjk" --font-number=2 --unicodes="$lacking" --layout-features='' --output-file="$here/han.otf"
subset "$cjk" --font-number=1 --unicodes=U+1100-11FF,U+3130-318F,U+AC00-D7A3 --layout-features='' --output-file="$here/hangul.otf"
subset "$noto/NotoSans-Regular.ttf" --unicodes=U+0020-052F,U+1C80-1C88,U+1E00-1FFF,U+2010-2027,U+2030-205E,U+2C60-2C7F,U+A640-A69F,U+A720-A7FF --output-file="$here/latin.ttf"
# With every form and every way of joining: these scripts are not readable without.
subset "$noto/NotoSansArabic-Regular.ttf" --unicodes=U+0020,U+0600-06FF,U+0750-077F,U+08A0-08FF,U+200C,U+200D,U+FB50-FDFF,U+FE70-FEFC --layout-features='*' --output-file="$here/arabic.ttf"
subset "$noto/NotoSerifTibetan-Regular.ttf" --unicodes='*' --layout-features='*' --output-file="$here/tibetan.ttf"
subset "$noto/NotoSansMongolian-Regular.ttf" --unicodes='*' --layout-features='*' --output-file="$here/mongolian.ttf"
subset "$noto/NotoSansDevanagari-Regular.ttf" --unicodes='*' --layout-features='*' --output-file="$here/devanagari.ttf"
for script in Yi Thai Hebrew TaiLe NewTaiLue Lisu; do
  subset "$noto/NotoSans$script-Regular.ttf" --unicodes='*' --layout-features='*' --output-file="$here/$(echo "$script" | tr '[:upper:]' '[:lower:]').ttf"
done
du -cb "$here"/*.otf "$here"/*.ttf

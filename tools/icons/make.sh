#!/bin/sh
# Draws the pixel icons that phones ask for from public/icons/icon.svg, with Chromium. Run it after the drawing changed.
set -eu
cd "$(dirname "$0")/../../public/icons"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# draw NAME SIZE SCALE CORNERS [EDIT]: with corners 0 the drawing fills the square, since the phone cuts its own shape
draw() {
  cut=$([ "$4" = 0 ] && echo 's/ clip-path="[^"]*"//' || echo '')";${5:-}"
  cat > "$work/page.html" <<PAGE
<!doctype html><style>html,body{margin:0;overflow:hidden}svg{display:block;width:100vw;height:100vh;overflow:visible;transform:scale($3)}</style>
$(sed "$cut" icon.svg)
PAGE
  "${CHROMIUM:-chromium}" --headless=new --no-sandbox --disable-gpu --hide-scrollbars --default-background-color=00000000 \
    --force-device-scale-factor=1 --window-size="$2,$2" --screenshot="$work/shot.png" "file://$work/page.html" >/dev/null 2>&1
  cp "$work/shot.png" "$1"
}

draw icon-192.png 192 1 112
draw icon-512.png 512 1 112
draw maskable-512.png 512 0.78 0
draw apple-touch-icon.png 180 0.9 0
# Android's status bar takes only a shape: the two who walk, in white.
draw badge-96.png 96 1.3 0 '/M-200/d;/M60 712/d;s/#f0c36b/#fbf8f3/'

#!/bin/sh
# Run inside a mount and host name namespace of its own (space.py): make the mounts, move into the new root,
# say "ready" and stay there as the process that keeps the namespace.
#   space.sh HOSTNAME ROOT [SOURCE TARGET]...     (ROOT "/": stay in the machine's own root)
set -eu
hostname=$1 root=${2%/}
shift 2
[ "$hostname" = - ] || hostname "$hostname"
if [ -n "$root" ]; then
    mount --bind "$root" "$root"
    mount --make-private "$root"
    mount -t proc proc "$root/proc"
    mount -t sysfs -o ro sysfs "$root/sys"
    mount --rbind /dev "$root/dev"
fi
while [ $# -gt 1 ]; do
    if [ -d "$1" ]; then
        mkdir -p "$root$2"
    else
        [ -e "$root$2" ] || : > "$root$2"
    fi
    mount --bind "$1" "$root$2"
    shift 2
done
if [ -n "$root" ]; then
    cd "$root"
    pivot_root . .
    umount -l .
fi
cd /
echo ready
exec sleep infinity </dev/null >/dev/null 2>&1

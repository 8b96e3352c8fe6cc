/* SPDX-License-Identifier: MIT */
/*
 * How far a transfer came, by what the kernel says of its sockets: which times
 * libcurl takes, and when, differs from version to version.
 */
#ifndef HTTP_SOCKETS_INTERNAL_H
#define HTTP_SOCKETS_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>

/* One for each family of addresses, twice. */
#define SOCKETS_KEPT 4

/* Descriptors of our own: libcurl closes its own before it tells of an end. */
struct sockets {
	int files[SOCKETS_KEPT]; /* owned; -1: none could be had */
	size_t count;            /* of all that were noted; the last are kept */
};

/* `file` stays the caller's. */
void sockets_note(struct sockets *sockets, int file);

/* One of them has reached its peer. */
bool sockets_are_connected(const struct sockets *sockets);

void sockets_release(struct sockets *sockets);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * Which connections there are, and since when each one has been idle: between
 * two requests, or silent since it was made. Before there are too many the one
 * that has been idle longest is shut down, as servers do; else as many idle
 * ones would keep everybody else out.
 *
 * Safe to be called from every connection's thread.
 */
#ifndef EMULATOR_CONNECTIONS_H
#define EMULATOR_CONNECTIONS_H

#include <stdbool.h>
#include <stddef.h>

struct connections;
struct connection;

/* `most`: with that many, one goes for each that comes. */
struct connections *connections_new(size_t most);
void connections_free(struct connections *connections);

/* A new one. Freed by connection_end, before its socket is closed. */
struct connection *connection_begin(
	struct connections *connections, int socket);
void connection_set_busy(
	struct connections *connections, struct connection *one, bool busy);
void connection_end(struct connections *connections, struct connection *one);

#endif

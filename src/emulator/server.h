/* SPDX-License-Identifier: MIT */
/*
 * HTTP/1.1 on loopback, by libmicrohttpd: a thread for each connection, so
 * that a slow or silent answer holds up nobody else. Bodies, heads and the
 * number of connections are limited.
 */
#ifndef EMULATOR_SERVER_H
#define EMULATOR_SERVER_H

#include "base/error.h"
#include "emulator/emulator.h"

#include <stdbool.h>
#include <stdint.h>

struct server;

/*
 * Listens on 127.0.0.1 at settings.port and answers from `emulator`, which it
 * borrows. STATUS_IO where the port cannot be had.
 */
bool server_start(struct emulator *emulator, struct server **server,
	struct error *err) MUST_CHECK;

/* The port that it listens on. */
uint16_t server_port(const struct server *server);

/* Ends all connections and frees. */
void server_stop(struct server *server);

#endif

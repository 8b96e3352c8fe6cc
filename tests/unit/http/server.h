/* SPDX-License-Identifier: MIT */
/*
 * A server on loopback, in a child process, that says the same to everybody
 * and keeps what the last one asked.
 */
#ifndef TEST_HTTP_SERVER_H
#define TEST_HTTP_SERVER_H

#include <stddef.h>
#include <sys/types.h>

enum then {
	THEN_CLOSE,  /* after the canned bytes */
	THEN_HANG,   /* say nothing more, keep the connection */
	THEN_REPEAT, /* the canned tail again and again, without end */
};

struct canned {
	const char *bytes;
	const char *tail; /* of THEN_REPEAT */
	enum then then;
};

struct server {
	pid_t child;
	char url[64];   /* http://127.0.0.1:PORT */
	int asked_pipe; /* requests come out here, as they arrived */
};

struct server server_start(struct canned canned);

/* Ends the child; what was asked goes to `asked`, cut to its size. */
void server_stop(struct server *server, char *asked, size_t size);

#endif

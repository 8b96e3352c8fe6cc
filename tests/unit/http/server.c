/* SPDX-License-Identifier: MIT */
#include "server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* A head, and as much of a body as came with it. */
static void read_request(int connection, int asked)
{
	char bytes[8192];
	size_t size = 0;

	while (size < sizeof(bytes) - 1) {
		ssize_t got = read(
			connection, bytes + size, sizeof(bytes) - 1 - size);

		if (got <= 0)
			break;
		size += (size_t)got;
		bytes[size] = '\0';
		if (strstr(bytes, "\r\n\r\n"))
			break;
	}
	if (write(asked, bytes, size) < 0)
		_exit(1);
}

static void answer(int connection, struct canned canned)
{
	size_t size = strlen(canned.bytes);

	if (size > 0 && write(connection, canned.bytes, size) < 0)
		return;
	if (canned.then == THEN_HANG)
		pause();
	while (canned.then == THEN_REPEAT)
		if (write(connection, canned.tail, strlen(canned.tail)) < 0)
			return;
}

static void serve(int listener, int asked, struct canned canned)
{
	signal(SIGPIPE, SIG_IGN);
	alarm(300);
	for (;;) {
		int connection = accept(listener, NULL, NULL);

		if (connection < 0)
			_exit(1);
		read_request(connection, asked);
		answer(connection, canned);
		shutdown(connection, SHUT_WR);
		close(connection);
	}
}

struct server server_start(struct canned canned)
{
	struct server server = { 0 };
	struct sockaddr_in address = { .sin_family = AF_INET };
	socklen_t size = sizeof(address);
	int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int ends[2];

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (listener < 0 || pipe(ends) != 0 ||
		bind(listener, (struct sockaddr *)&address, size) != 0 ||
		listen(listener, 16) != 0 ||
		getsockname(listener, (struct sockaddr *)&address, &size) != 0)
		abort();
	snprintf(server.url, sizeof(server.url), "http://127.0.0.1:%d",
		ntohs(address.sin_port));
	server.child = fork();
	if (server.child == 0) {
		close(ends[0]);
		serve(listener, ends[1], canned);
	}
	close(listener);
	close(ends[1]);
	server.asked_pipe = ends[0];
	return server;
}

void server_stop(struct server *server, char *asked, size_t size)
{
	size_t used = 0;

	kill(server->child, SIGKILL);
	waitpid(server->child, NULL, 0);
	while (size > 0 && used < size - 1) {
		ssize_t got =
			read(server->asked_pipe, asked + used, size - 1 - used);

		if (got <= 0)
			break;
		used += (size_t)got;
	}
	if (size > 0)
		asked[used] = '\0';
	close(server->asked_pipe);
}

/* SPDX-License-Identifier: MIT */
#include "emulator/connections.h"

#include "base/memory.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>

struct connection {
	struct connection *before, *after;
	int socket;
	bool is_busy;
	bool is_shut;
};

struct connections {
	pthread_mutex_t lock;
	struct connection list; /* its head; the longest idle one comes first */
	size_t count;           /* of those that are not shut */
	size_t most;
};

struct connections *connections_new(size_t most)
{
	struct connections *made = memory_new(sizeof(*made));

	pthread_mutex_init(&made->lock, NULL);
	made->list.before = made->list.after = &made->list;
	made->most = most;
	return made;
}

void connections_free(struct connections *connections)
{
	if (!connections)
		return;
	while (connections->list.after != &connections->list)
		connection_end(connections, connections->list.after);
	pthread_mutex_destroy(&connections->lock);
	free(connections);
}

static void take_out(struct connection *one)
{
	one->before->after = one->after;
	one->after->before = one->before;
}

static void put_last(struct connections *connections, struct connection *one)
{
	struct connection *last = connections->list.before;

	one->before = last;
	one->after = &connections->list;
	last->after = one;
	connections->list.before = one;
}

/* Its own thread sees the end and closes it. */
static void shut_longest_idle(struct connections *connections)
{
	for (struct connection *one = connections->list.after;
		one != &connections->list; one = one->after) {
		if (one->is_busy || one->is_shut)
			continue;
		one->is_shut = true;
		connections->count--;
		(void)shutdown(one->socket, SHUT_RDWR);
		return;
	}
}

struct connection *connection_begin(struct connections *connections, int socket)
{
	struct connection *one = memory_new(sizeof(*one));

	one->socket = socket;
	pthread_mutex_lock(&connections->lock);
	if (connections->count >= connections->most)
		shut_longest_idle(connections);
	put_last(connections, one);
	connections->count++;
	pthread_mutex_unlock(&connections->lock);
	return one;
}

void connection_set_busy(
	struct connections *connections, struct connection *one, bool busy)
{
	pthread_mutex_lock(&connections->lock);
	one->is_busy = busy;
	take_out(one);
	put_last(connections, one);
	pthread_mutex_unlock(&connections->lock);
}

void connection_end(struct connections *connections, struct connection *one)
{
	pthread_mutex_lock(&connections->lock);
	take_out(one);
	if (!one->is_shut)
		connections->count--;
	pthread_mutex_unlock(&connections->lock);
	free(one);
}

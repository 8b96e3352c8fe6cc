/* SPDX-License-Identifier: MIT */
#include "emulator/delivery.h"

#include "base/memory.h"
#include "base/number.h"
#include "os/clock.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define SLICE_MS 20
#define SLOW_BYTE_MS 200
#define EVENT_MS 5
#define CUT_MS 50

/* A body that is sent piece by piece, and how far it is. */
struct flow {
	char *body;
	size_t size;
	size_t sent;
	enum delivery way;
	int file; /* the connection's */
	const atomic_bool *stopping;
};

/* False where the server is being stopped. */
static bool pause_ms(int milliseconds, const atomic_bool *stopping)
{
	while (milliseconds > 0 && !atomic_load(stopping)) {
		const int slice =
			milliseconds < SLICE_MS ? milliseconds : SLICE_MS;

		clock_sleep_ms(slice);
		milliseconds -= slice;
	}
	return !atomic_load(stopping);
}

static int descriptor(struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
		connection, MHD_CONNECTION_INFO_CONNECTION_FD);

	return info ? info->connect_fd : -1;
}

/* Silence, until the client has gone or the server is stopped. */
static void wait_for_end(int file, const atomic_bool *stopping)
{
	char byte;

	while (pause_ms(SLICE_MS, stopping)) {
		const ssize_t count =
			recv(file, &byte, 1, MSG_PEEK | MSG_DONTWAIT);

		if (count == 0)
			return;
	}
}

/* The size of the next event, its blank line included. */
static size_t event_size(const char *body, size_t size)
{
	for (size_t i = 1; i < size; i++)
		if (body[i - 1] == '\n' && body[i] == '\n')
			return i + 1;
	return size;
}

static ssize_t next_endless(struct flow *flow, char *out, size_t most)
{
	size_t size = number_least(most, flow->size - flow->sent);

	memcpy(out, flow->body + flow->sent, size);
	flow->sent = (flow->sent + size) % flow->size;
	return (ssize_t)size;
}

static bool is_cut(enum delivery way)
{
	return way == DELIVER_CUT || way == DELIVER_CUT_RESET ||
		way == DELIVER_EVENTS_CUT;
}

/* Dissolving the association sends RST, at once. */
static void reset(int file)
{
	const struct sockaddr nobody = { .sa_family = AF_UNSPEC };

	(void)connect(file, &nobody, sizeof(nobody));
}

static ssize_t next_bytes(
	void *context, uint64_t position, char *out, size_t most)
{
	struct flow *flow = context;
	size_t size = flow->size - flow->sent;

	(void)position;
	if (atomic_load(flow->stopping))
		return MHD_CONTENT_READER_END_WITH_ERROR;
	if (flow->way == DELIVER_ENDLESS && flow->size > 0)
		return next_endless(flow, out, most);
	if (is_cut(flow->way) && flow->sent >= flow->size / 2) {
		if (flow->way == DELIVER_CUT_RESET) {
			/* The client gets to read what was sent before. */
			pause_ms(CUT_MS, flow->stopping);
			reset(flow->file);
		}
		return MHD_CONTENT_READER_END_WITH_ERROR;
	}
	if (size == 0)
		return MHD_CONTENT_READER_END_OF_STREAM;
	if (flow->way == DELIVER_SLOW) {
		size = 1;
		pause_ms(SLOW_BYTE_MS, flow->stopping);
	} else if (is_cut(flow->way)) {
		size = flow->size / 2 - flow->sent;
	} else {
		size = event_size(flow->body + flow->sent, size);
		pause_ms(EVENT_MS, flow->stopping);
	}
	size = number_least(size, most);
	memcpy(out, flow->body + flow->sent, size);
	flow->sent += size;
	return (ssize_t)size;
}

static void flow_free(void *context)
{
	OWNED struct flow *flow = context;

	free(flow->body);
}

static struct MHD_Response *make_flow(
	struct answer *answer, int file, const atomic_bool *stopping)
{
	struct flow *flow = memory_new(sizeof(*flow));
	const bool sized = answer->delivery == DELIVER_CUT ||
		answer->delivery == DELIVER_CUT_RESET ||
		answer->delivery == DELIVER_SLOW;
	struct MHD_Response *response;

	flow->way = answer->delivery;
	flow->file = file;
	flow->stopping = stopping;
	flow->body = buf_take(&answer->body, &flow->size);
	response = MHD_create_response_from_callback(
		sized ? flow->size : MHD_SIZE_UNKNOWN, 16384, next_bytes, flow,
		flow_free);
	if (!response)
		flow_free(flow);
	return response;
}

static struct MHD_Response *make_whole(struct answer *answer)
{
	size_t size;
	char *body = buf_take(&answer->body, &size);
	struct MHD_Response *response = MHD_create_response_from_buffer(
		size, body, MHD_RESPMEM_MUST_FREE);

	if (!response)
		free(body);
	return response;
}

static enum MHD_Result queue(struct MHD_Connection *connection,
	const struct answer *answer, struct MHD_Response *response)
{
	enum MHD_Result result;

	if (!response)
		return MHD_NO;
	for (size_t i = 0; i < answer->header_count; i++)
		(void)MHD_add_response_header(response, answer->headers[i].name,
			answer->headers[i].value);
	result = MHD_queue_response(connection, answer->status, response);
	MHD_destroy_response(response);
	return result;
}

enum MHD_Result deliver(struct MHD_Connection *connection,
	struct answer *answer, const atomic_bool *stopping)
{
	const int file = descriptor(connection);

	if (!pause_ms(answer->latency_ms, stopping))
		return MHD_NO;
	switch (answer->delivery) {
	case DELIVER_WHOLE:
		return queue(connection, answer, make_whole(answer));
	case DELIVER_EVENTS:
	case DELIVER_ENDLESS:
	case DELIVER_SLOW:
	case DELIVER_CUT:
	case DELIVER_CUT_RESET:
	case DELIVER_EVENTS_CUT:
		return queue(
			connection, answer, make_flow(answer, file, stopping));
	case DELIVER_RAW:
		(void)send(file, answer->body.data, answer->body.size,
			MSG_NOSIGNAL);
		return MHD_NO;
	case DELIVER_RESET:
		reset(file);
		return MHD_NO;
	case DELIVER_NEVER:
		wait_for_end(file, stopping);
		return MHD_NO;
	case DELIVER_NOTHING:
		return MHD_NO;
	}
	return MHD_NO;
}

/* SPDX-License-Identifier: MIT */
/*
 * The daemon's socket. A frame is one byte 0x10 | number of arguments, and for
 * each argument its length in four bytes, big-endian, and its bytes. A call has
 * two: "j:" with the call as JSON, and "s:" with a mark of ours; so has the
 * answer.
 */
#include "live/live_internal.h"

#include "base/memory.h"
#include "os/clock.h"
#include "os/directory.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define FRAME_VERSION 0x10
#define MARK "s:aigenv"

struct call {
	int socket;
	int64_t deadline; /* clock_monotonic_ms */
};

static enum rpc_result wait_for(const struct call *call, short events)
{
	for (;;) {
		int64_t left = call->deadline - clock_monotonic_ms();
		struct pollfd one = { .fd = call->socket, .events = events };

		if (left <= 0)
			return RPC_TIMED_OUT;
		int ready = poll(&one, 1, (int)left);
		if (ready > 0)
			return RPC_ANSWERED;
		if (ready < 0 && errno != EINTR)
			return RPC_NOT_UNDERSTOOD;
	}
}

static enum rpc_result send_all(
	const struct call *call, const char *bytes, size_t size)
{
	while (size > 0) {
		ssize_t sent = send(call->socket, bytes, size, MSG_NOSIGNAL);

		if (sent > 0) {
			bytes += sent;
			size -= (size_t)sent;
			continue;
		}
		if (sent < 0 && errno != EAGAIN && errno != EINTR)
			return RPC_NOT_UNDERSTOOD;
		enum rpc_result ready = wait_for(call, POLLOUT);
		if (ready != RPC_ANSWERED)
			return ready;
	}
	return RPC_ANSWERED;
}

static enum rpc_result receive(
	const struct call *call, char *bytes, size_t size)
{
	while (size > 0) {
		enum rpc_result ready = wait_for(call, POLLIN);

		if (ready != RPC_ANSWERED)
			return ready;
		ssize_t got = recv(call->socket, bytes, size, 0);
		if (got == 0)
			return RPC_NOT_UNDERSTOOD;
		if (got < 0) {
			if (errno != EAGAIN && errno != EINTR)
				return RPC_NOT_UNDERSTOOD;
			continue;
		}
		bytes += got;
		size -= (size_t)got;
	}
	return RPC_ANSWERED;
}

static void append_argument(struct buf *frame, const char *text)
{
	size_t size = strlen(text);

	for (int shift = 24; shift >= 0; shift -= 8)
		buf_byte(frame, (char)(unsigned char)(size >> shift));
	buf_append(frame, text, size);
}

static enum rpc_result send_call(const struct call *call, const char *method)
{
	SCOPED(buf) struct buf frame = BUF(1024);
	OWNED char *json = memory_printf(
		"j:{\"type\":\"call\",\"method\":\"%s\",\"args\":[{}]}",
		method);

	buf_byte(&frame, FRAME_VERSION | 2);
	append_argument(&frame, json);
	append_argument(&frame, MARK);
	return send_all(call, buf_cstring(&frame), frame.size);
}

static enum rpc_result receive_argument(
	const struct call *call, struct buf *argument)
{
	unsigned char head[4];
	char chunk[16384];
	enum rpc_result result = receive(call, (char *)head, sizeof(head));

	if (result != RPC_ANSWERED)
		return result;
	size_t left = (size_t)head[0] << 24 | (size_t)head[1] << 16 |
		(size_t)head[2] << 8 | head[3];

	if (left > argument->limit)
		return RPC_NOT_UNDERSTOOD;
	while (left > 0 && result == RPC_ANSWERED) {
		size_t size = left < sizeof(chunk) ? left : sizeof(chunk);

		result = receive(call, chunk, size);
		if (result == RPC_ANSWERED)
			buf_append(argument, chunk, size);
		left -= size;
	}
	memory_wipe(chunk, sizeof(chunk));
	return result;
}

static enum rpc_result receive_answer(
	const struct call *call, struct buf *answer)
{
	SCOPED(buf) struct buf mark = BUF(64);
	SCOPED(buf) struct buf json = BUF(LIVE_LIST_LIMIT);
	unsigned char version = 0;
	enum rpc_result result = receive(call, (char *)&version, 1);

	if (result == RPC_ANSWERED && version != (FRAME_VERSION | 2))
		return RPC_NOT_UNDERSTOOD;
	if (result == RPC_ANSWERED)
		result = receive_argument(call, &json);
	if (result == RPC_ANSWERED)
		result = receive_argument(call, &mark);
	if (result != RPC_ANSWERED)
		return result;
	if (strcmp(buf_cstring(&mark), MARK) != 0 || json.size < 2 ||
		memcmp(json.data, "j:", 2) != 0)
		return RPC_NOT_UNDERSTOOD;
	buf_append(answer, json.data + 2, json.size - 2);
	return buf_failed(answer) ? RPC_NOT_UNDERSTOOD : RPC_ANSWERED;
}

/* A socket whose connect(2) never waits: a daemon that hangs with a full
 * backlog gives EAGAIN. */
static enum rpc_result connect_to(const char *home, struct call *call)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	OWNED char *path = path_join(home, "rpc.sock");
	size_t size = strlen(path);

	if (size >= sizeof(address.sun_path))
		return RPC_NOT_UNDERSTOOD;
	memcpy(address.sun_path, path, size + 1);
	call->socket =
		socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (call->socket < 0)
		return RPC_NOT_UNDERSTOOD;
	if (connect(call->socket, (struct sockaddr *)&address,
		    sizeof(address)) == 0)
		return RPC_ANSWERED;
	switch (errno) {
	case ENOENT:
	case ENOTDIR:
	case ECONNREFUSED:
		return RPC_NO_DAEMON;
	case EACCES:
	case EPERM:
		return RPC_NOT_ALLOWED;
	case EAGAIN:
		return RPC_TIMED_OUT;
	default:
		return RPC_NOT_UNDERSTOOD;
	}
}

static pid_t peer_of(int socket)
{
	struct ucred peer = { 0 };
	socklen_t size = sizeof(peer);

	if (getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0)
		return 0;
	return peer.pid;
}

enum rpc_result rpc_call(const char *home, const char *method, int timeout_ms,
	struct buf *answer, pid_t *daemon)
{
	struct call call = { -1, clock_monotonic_ms() + timeout_ms };
	enum rpc_result result = connect_to(home, &call);

	if (result == RPC_ANSWERED) {
		*daemon = peer_of(call.socket);
		result = send_call(&call, method);
	}
	if (result == RPC_ANSWERED)
		result = receive_answer(&call, answer);
	if (call.socket >= 0)
		(void)close(call.socket);
	return result;
}

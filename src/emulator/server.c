/* SPDX-License-Identifier: MIT */
#include "emulator/server.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "emulator/connections.h"
#include "emulator/delivery.h"
#include "emulator/relay.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* As at the service: a larger head is refused. */
#define HEAD_LIMIT ((size_t)128 << 10)
#define IDLE_SECONDS 60

/*
 * Beyond the limit libmicrohttpd resets whoever comes; from the lower number on
 * the longest idle one makes room. Between the two is room for those that have
 * been shut down and are not closed yet.
 */
#define CONNECTIONS_LIMIT 256
#define CONNECTIONS_MOST 192

struct server {
	struct MHD_Daemon *daemon;
	struct emulator *emulator;
	struct connections *connections;
	pthread_mutex_t lock; /* around emulator */
	atomic_bool stopping;
};

static void set_busy(const struct server *server,
	struct MHD_Connection *connection, bool busy)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
		connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

	if (info && info->socket_context)
		connection_set_busy(
			server->connections, info->socket_context, busy);
}

static void note_connection(void *context, struct MHD_Connection *connection,
	void **kept, enum MHD_ConnectionNotificationCode code)
{
	struct server *server = context;

	if (code == MHD_CONNECTION_NOTIFY_CLOSED) {
		if (*kept)
			connection_end(server->connections, *kept);
		*kept = NULL;
		return;
	}
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
		connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	if (info)
		*kept = connection_begin(server->connections, info->connect_fd);
}

/* A header, or an argument of the query. */
static enum MHD_Result add_field(void *context, enum MHD_ValueKind kind,
	const char *name, const char *value)
{
	struct request *request = context;
	const bool header = kind == MHD_HEADER_KIND;
	struct request_header *fields =
		header ? request->headers : request->arguments;
	size_t *count =
		header ? &request->header_count : &request->argument_count;

	if (*count == (header ? REQUEST_HEADERS_MOST : REQUEST_ARGUMENTS_MOST))
		return MHD_NO;
	fields[(*count)++] =
		(struct request_header){ name, value ? value : "" };
	return MHD_YES;
}

static void refuse_size(struct answer *answer)
{
	static const char text[] = "413 the request is too large";

	answer_text(answer, 413, "text/plain", text, sizeof(text) - 1);
}

/* One line for people; never a header, so never a key. */
static void log_line(const struct server *server, const struct request *request,
	const struct answer *answer)
{
	const char *path = request->path;

	if (server->emulator->settings.quiet)
		return;
	fprintf(stderr, "%s ", request->method);
	for (size_t i = 0; path[i] && i < 200; i++)
		fputc(path[i] >= ' ' && path[i] <= '~' ? path[i] : '?', stderr);
	fprintf(stderr, " %u%s%s\n", answer->status,
		*answer->outcome ? " " : "", answer->outcome);
}

static enum MHD_Result answer_request(struct server *server,
	struct MHD_Connection *connection, struct request *request,
	const struct buf *body)
{
	SCOPED(answer) struct answer answer;

	answer_init(&answer);
	(void)MHD_get_connection_values(
		connection, MHD_HEADER_KIND, add_field, request);
	(void)MHD_get_connection_values(
		connection, MHD_GET_ARGUMENT_KIND, add_field, request);
	request->body = buf_cstring(body);
	request->body_size = body->size;
	pthread_mutex_lock(&server->lock);
	if (buf_failed(body))
		refuse_size(&answer);
	else
		emulator_answer(server->emulator, request, &answer);
	log_line(server, request, &answer);
	pthread_mutex_unlock(&server->lock);
	if (answer.relay_url)
		relay_perform(request, &answer);
	return deliver(connection, &answer, &server->stopping);
}

/* NOLINTNEXTLINE(readability-function-size): the type is libmicrohttpd's */
static enum MHD_Result handle(void *context, struct MHD_Connection *connection,
	const char *url, const char *method, const char *version,
	const char *upload, size_t *upload_size, void **kept)
{
	struct buf *body = *kept; /* as far as it has arrived */
	struct request request = { .method = method, .path = url };

	(void)version;
	if (!body) {
		set_busy(context, connection, true);
		body = memory_new(sizeof(*body));
		*body = BUF(REQUEST_BODY_LIMIT);
		*kept = body;
		return MHD_YES;
	}
	if (*upload_size > 0) {
		buf_append(body, upload, *upload_size);
		*upload_size = 0;
		return MHD_YES;
	}
	return answer_request(context, connection, &request, body);
}

static void forget(void *context, struct MHD_Connection *connection,
	void **kept, enum MHD_RequestTerminationCode code)
{
	OWNED struct buf *body = *kept;

	(void)code;
	if (!body)
		return;
	set_busy(context, connection, false);
	buf_release(body);
	*kept = NULL;
}

/* Paths are compared as they were sent. */
static size_t leave_escaped(
	void *context, struct MHD_Connection *connection, char *text)
{
	(void)context;
	(void)connection;
	return strlen(text);
}

static void PRINTF(2, 0)
	drop_log(void *context, const char *format, va_list values)
{
	(void)context;
	(void)format;
	(void)values;
}

static struct MHD_Daemon *listen_on(
	struct server *server, const struct settings *settings)
{
	const struct sockaddr_in loopback = {
		.sin_family = AF_INET,
		.sin_port = htons(settings->port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};

	unsigned flags = MHD_USE_THREAD_PER_CONNECTION |
		MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_POLL;
	struct MHD_OptionItem tls[] = {
		{ MHD_OPTION_HTTPS_MEM_CERT, 0, settings->certificate },
		{ MHD_OPTION_HTTPS_MEM_KEY, 0, settings->private_key },
		{ MHD_OPTION_END, 0, NULL },
	};

	if (settings->certificate)
		flags |= MHD_USE_TLS;
	else
		tls[0].option = MHD_OPTION_END;
	return MHD_start_daemon(flags, settings->port, NULL, NULL, handle,
		server, MHD_OPTION_EXTERNAL_LOGGER, drop_log, NULL,
		MHD_OPTION_SOCK_ADDR, &loopback, MHD_OPTION_CONNECTION_LIMIT,
		(unsigned)CONNECTIONS_LIMIT, MHD_OPTION_CONNECTION_TIMEOUT,
		(unsigned)IDLE_SECONDS, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
		HEAD_LIMIT, MHD_OPTION_NOTIFY_COMPLETED, forget, server,
		MHD_OPTION_NOTIFY_CONNECTION, note_connection, server,
		MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped, NULL,
		MHD_OPTION_ARRAY, tls, MHD_OPTION_END);
}

static void release(struct server *server)
{
	connections_free(server->connections);
	pthread_mutex_destroy(&server->lock);
	free(server);
}

bool server_start(
	struct emulator *emulator, struct server **server, struct error *err)
{
	const uint16_t port = emulator->settings.port;
	struct server *made = memory_new(sizeof(*made));

	made->emulator = emulator;
	made->connections = connections_new(CONNECTIONS_MOST);
	pthread_mutex_init(&made->lock, NULL);
	errno = 0;
	made->daemon = listen_on(made, &emulator->settings);
	if (!made->daemon) {
		error_errno(err, STATUS_IO, errno, _("cannot listen"));
		error_at(err, "127.0.0.1:%u", port);
		error_next(err,
			emulator->settings.certificate
				? _("look at the certificate and its key")
				: _("--port 0 picks a free port"));
		release(made);
		return false;
	}
	*server = made;
	return true;
}

uint16_t server_port(const struct server *server)
{
	const union MHD_DaemonInfo *info =
		MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT);

	return info ? info->port : 0;
}

void server_stop(struct server *server)
{
	atomic_store(&server->stopping, true);
	MHD_stop_daemon(server->daemon);
	release(server);
}

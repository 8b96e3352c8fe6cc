/* SPDX-License-Identifier: MIT */
#include "http/http.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "http/transfer_internal.h"
#include "os/clock.h"
#include "os/file.h"

#include <stdlib.h>

/* How often the limits that libcurl does not know are looked at. */
#define TICK_MS 100

struct http_client {
	struct curl_library curl;
	CURLM *multi;
	struct authorities authorities;
	http_waiting *waiting; /* or NULL */
	void *waiting_context;
};

/*
 * What libcurl opens, sockets and files of its own, and for one call: its
 * socket, one of the other address family, each of them twice
 * (sockets_internal.h), and a pair for the resolver.
 * Without them it says that the network is at fault.
 */
#define OWN_DESCRIPTORS 4
#define CALL_DESCRIPTORS 6

/* One call of http_perform. */
struct batch {
	struct http_client *client;
	struct http_transfer **transfers;
	size_t count;
	size_t at_once;       /* up to HTTP_AT_ONCE */
	bool *started;        /* for each of the transfers */
	size_t first_waiting; /* all before it are started */
	size_t ended;
	struct running running[HTTP_AT_ONCE]; /* easy is NULL: free */
	size_t in_flight;
	size_t taken; /* of HTTP_ROOM */
	struct origins origins;
	http_finished *finished;
	void *context;
};

/* How many calls have room at once; false where not even one has. */
static bool find_room(size_t count, size_t *at_once, struct error *err)
{
	size_t most = count < HTTP_AT_ONCE ? count : HTTP_AT_ONCE;
	size_t left = file_descriptors_left(
		OWN_DESCRIPTORS + most * CALL_DESCRIPTORS);

	if (left < OWN_DESCRIPTORS + CALL_DESCRIPTORS) {
		error_set(err, STATUS_IO,
			_("this process may open only %zu more files and "
			  "sockets, and a call needs %d"),
			left, OWN_DESCRIPTORS + CALL_DESCRIPTORS);
		return error_next(err,
			_("raise the limit with `ulimit -n` and run it again"));
	}
	*at_once = (left - OWN_DESCRIPTORS) / CALL_DESCRIPTORS;
	return true;
}

bool http_client_open(struct http_client **client, struct error *err)
{
	struct curl_library curl;
	CURLM *multi;
	size_t at_once = 0;

	if (!find_room(1, &at_once, err) || !curl_library_open(&curl, err))
		return false;
	/* libcurl's copies of our requests hold secrets: it wipes what it
	 * frees. */
	if (curl.global_init_mem(CURL_GLOBAL_DEFAULT, memory_block_new,
		    memory_block_free, memory_block_resize, memory_block_text,
		    memory_block_array) != CURLE_OK)
		return error_tell(err, STATUS_IO, _("libcurl does not start"),
			_("see whether `curl --version` runs; if not, install "
			  "libcurl again"));
	multi = curl.multi_init();
	if (!multi)
		memory_exhausted();
	*client = (struct http_client *)memory_new(sizeof(**client));
	(*client)->curl = curl;
	(*client)->multi = multi;
	(*client)->authorities.text = BUF(AUTHORITIES_LIMIT);
	return true;
}

void http_client_close(struct http_client *client)
{
	if (!client)
		return;
	client->curl.multi_cleanup(client->multi);
	client->curl.global_cleanup();
	buf_release(&client->authorities.text);
	free(client);
}

void http_client_tell(
	struct http_client *client, http_waiting *waiting, void *context)
{
	client->waiting = waiting;
	client->waiting_context = context;
}

/* Frees the place and tells the caller. */
static void end_one(struct batch *batch, struct running *running, CURLcode code)
{
	struct http_transfer *transfer = running->transfer;
	struct http_client *client = batch->client;

	running_finish(running, code);
	client->curl.multi_remove_handle(client->multi, running->easy);
	origin_ended(running->origin, running);
	running_release(running);
	batch->taken -= request_room(&transfer->request);
	batch->in_flight--;
	batch->ended++;
	if (batch->finished)
		batch->finished(batch->context, transfer);
}

static void end_finished(struct batch *batch)
{
	struct http_client *client = batch->client;
	const CURLMsg *message;
	int left;

	while ((message = client->curl.multi_info_read(client->multi, &left))) {
		CURL *easy = message->easy_handle;
		CURLcode code = message->data.result;

		if (message->msg != CURLMSG_DONE)
			continue;
		for (size_t i = 0; i < HTTP_AT_ONCE; i++)
			if (batch->running[i].easy == easy) {
				end_one(batch, &batch->running[i], code);
				break;
			}
	}
}

static void end_late_ones(struct batch *batch)
{
	int64_t now = clock_monotonic_ms();

	for (size_t i = 0; i < HTTP_AT_ONCE; i++)
		if (batch->running[i].easy &&
			running_is_late(&batch->running[i], now))
			end_one(batch, &batch->running[i],
				CURLE_OPERATION_TIMEDOUT);
}

static bool start_one(struct batch *batch, struct http_transfer *transfer,
	struct origin *origin, struct error *err)
{
	struct http_client *client = batch->client;
	struct running *running = batch->running;

	while (running->easy)
		running++;
	if (!running_init(running, &client->curl, transfer, origin,
		    &client->authorities, err)) {
		running_release(running);
		return false;
	}
	if (client->curl.multi_add_handle(client->multi, running->easy) !=
		CURLM_OK) {
		running_release(running);
		return error_tell(err, STATUS_IO,
			_("libcurl does not take the request"),
			_("run it again"));
	}
	origin->in_flight++;
	batch->in_flight++;
	batch->taken += request_room(&transfer->request);
	return true;
}

/* The origin that can take it now, or NULL. */
static struct origin *origin_with_place(
	struct batch *batch, const struct http_transfer *transfer)
{
	struct origin *origin;

	if (batch->in_flight >= batch->at_once ||
		(batch->in_flight > 0 &&
			batch->taken + request_room(&transfer->request) >
				HTTP_ROOM))
		return NULL;
	origin = origins_find(&batch->origins, transfer->request.url);
	return origin && origin->in_flight < origin->window ? origin : NULL;
}

static bool start_some(struct batch *batch, struct error *err)
{
	for (size_t i = batch->first_waiting;
		i < batch->count && batch->in_flight < batch->at_once; i++) {
		struct http_transfer *transfer = batch->transfers[i];
		struct origin *origin;

		if (batch->started[i])
			continue;
		origin = origin_with_place(batch, transfer);
		if (!origin)
			continue;
		if (!start_one(batch, transfer, origin, err))
			return false;
		batch->started[i] = true;
	}
	while (batch->first_waiting < batch->count &&
		batch->started[batch->first_waiting])
		batch->first_waiting++;
	return true;
}

static bool run_all(struct batch *batch, struct error *err)
{
	struct http_client *client = batch->client;

	if (!start_some(batch, err))
		return false;
	while (batch->ended < batch->count) {
		int active;
		CURLMcode code =
			client->curl.multi_perform(client->multi, &active);

		end_finished(batch);
		if (!start_some(batch, err))
			return false;
		/* Returns at once where a transfer was just started. */
		if (code == CURLM_OK && batch->in_flight > 0)
			code = client->curl.multi_poll(
				client->multi, NULL, 0, TICK_MS, NULL);
		if (code != CURLM_OK) {
			error_set(err, STATUS_IO, "libcurl: %s",
				client->curl.multi_strerror(code));
			return error_next(err, _("run it again"));
		}
		end_late_ones(batch);
		if (client->waiting)
			client->waiting(client->waiting_context);
	}
	return true;
}

static void batch_release(struct batch *batch)
{
	struct http_client *client = batch->client;

	for (size_t i = 0; i < HTTP_AT_ONCE; i++) {
		if (!batch->running[i].easy)
			continue;
		client->curl.multi_remove_handle(
			client->multi, batch->running[i].easy);
		running_release(&batch->running[i]);
	}
	origins_release(&batch->origins);
	free(batch->started);
	free(batch);
}

bool http_perform(struct http_client *client, struct http_transfer **transfers,
	size_t count, http_finished *finished, void *context, struct error *err)
{
	struct batch *batch;
	size_t at_once = 0;
	bool done;

	for (size_t i = 0; i < count; i++)
		if (!request_check(&transfers[i]->request, err))
			return false;
	if (count && !find_room(count, &at_once, err))
		return false;
	/* Too large for a small stack. */
	batch = (struct batch *)memory_new(sizeof(*batch));
	batch->client = client;
	batch->transfers = transfers;
	batch->count = count;
	batch->at_once = at_once;
	batch->started = (bool *)memory_array(count + 1, sizeof(bool));
	batch->finished = finished;
	batch->context = context;
	done = run_all(batch, err);
	batch_release(batch);
	return done;
}

/* SPDX-License-Identifier: MIT */
#include "http/http.h"

#include "base/memory.h"
#include "http/transfer_internal.h"
#include "os/clock.h"

#include <stdio.h>
#include <stdlib.h>

/* How often the limit on the first byte is looked at. */
#define TICK_MS 100

struct http_client {
	struct curl_library curl;
	CURLM *multi;
};

bool http_client_open(struct http_client **client, struct error *err)
{
	struct curl_library curl;
	CURLM *multi;

	if (!curl_library_open(&curl, err))
		return false;
	if (curl.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return error_set(err, STATUS_IO, "libcurl does not start");
	multi = curl.multi_init();
	if (!multi)
		memory_exhausted();
	*client = (struct http_client *)memory_new(sizeof(**client));
	(*client)->curl = curl;
	(*client)->multi = multi;
	return true;
}

void http_client_close(struct http_client *client)
{
	if (!client)
		return;
	client->curl.multi_cleanup(client->multi);
	client->curl.global_cleanup();
	free(client);
}

static void collect_finished(
	struct http_client *client, struct running *running, size_t count)
{
	const CURLMsg *message;
	int left;

	while ((message = client->curl.multi_info_read(client->multi, &left))) {
		if (message->msg != CURLMSG_DONE)
			continue;
		for (size_t i = 0; i < count; i++)
			if (running[i].easy == message->easy_handle)
				running_finish(
					&running[i], message->data.result);
	}
}

static void end_late_ones(
	struct http_client *client, struct running *running, size_t count)
{
	int64_t now = clock_monotonic_ms();

	for (size_t i = 0; i < count; i++) {
		if (!running_is_late(&running[i], now))
			continue;
		client->curl.multi_remove_handle(
			client->multi, running[i].easy);
		snprintf(running[i].why, sizeof(running[i].why),
			"no answer began within %lld ms",
			(long long)running[i].first_byte_limit_ms);
		running_finish(&running[i], CURLE_OPERATION_TIMEDOUT);
	}
}

static bool all_done(const struct running *running, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!running[i].done)
			return false;
	return true;
}

static bool run_all(struct http_client *client, struct running *running,
	size_t count, struct error *err)
{
	while (!all_done(running, count)) {
		int active;
		CURLMcode code =
			client->curl.multi_perform(client->multi, &active);

		collect_finished(client, running, count);
		if (code == CURLM_OK && active > 0)
			code = client->curl.multi_poll(
				client->multi, NULL, 0, TICK_MS, NULL);
		if (code != CURLM_OK)
			return error_set(err, STATUS_IO, "libcurl: %s",
				client->curl.multi_strerror(code));
		end_late_ones(client, running, count);
	}
	return true;
}

static bool start_all(struct http_client *client, struct running *running,
	struct http_transfer **transfers, size_t count, struct error *err)
{
	for (size_t i = 0; i < count; i++)
		if (!running_init(
			    &running[i], &client->curl, transfers[i], err))
			return false;
	for (size_t i = 0; i < count; i++)
		if (client->curl.multi_add_handle(
			    client->multi, running[i].easy) != CURLM_OK)
			return error_set(err, STATUS_IO,
				"libcurl does not take the request");
	return true;
}

bool http_perform(struct http_client *client, struct http_transfer **transfers,
	size_t count, http_finished *finished, void *context, struct error *err)
{
	struct running *running =
		(struct running *)memory_array(count + 1, sizeof(*running));
	bool done = start_all(client, running, transfers, count, err) &&
		run_all(client, running, count, err);

	for (size_t i = 0; i < count; i++) {
		if (running[i].easy)
			client->curl.multi_remove_handle(
				client->multi, running[i].easy);
		running_release(&running[i]);
	}
	free(running);
	for (size_t i = 0; done && finished && i < count; i++)
		finished(context, transfers[i]);
	return done;
}

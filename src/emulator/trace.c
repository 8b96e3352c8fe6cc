/* SPDX-License-Identifier: MIT */
#include "emulator/trace.h"

#include "os/clock.h"

#include <sodium.h>
#include <stdint.h>
#include <stdio.h>

/* A ULID: 48 bits of time and 80 of chance, in Crockford's base 32. */
#define ULID_SIZE 27
static void make_ulid(char out[ULID_SIZE])
{
	static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	uint64_t time =
		(uint64_t)clock_seconds() * 1000 + randombytes_uniform(1000);

	for (int i = 9; i >= 0; i--, time /= 32)
		out[i] = alphabet[time % 32];
	for (int i = 10; i < 26; i++)
		out[i] = alphabet[randombytes_uniform(32)];
	out[26] = '\0';
}

void trace_ray(struct answer *answer)
{
	char ray[24];

	snprintf(ray, sizeof(ray), "%08x%08x-LHR", randombytes_random(),
		randombytes_random());
	answer_header(answer, "cf-ray", ray);
	answer_header(answer, "server", "cloudflare");
}

void trace_ids(struct answer *answer)
{
	char id[ULID_SIZE];

	if (answer_find(answer, "cf-aig-log-id"))
		return;
	make_ulid(id);
	answer_header(answer, "cf-aig-log-id", id);
	answer_header(answer, "cf-aig-request-id", id);
	make_ulid(id);
	answer_header(answer, "cf-aig-event-id", id);
	answer_header(answer, "cf-aig-step", "0");
}

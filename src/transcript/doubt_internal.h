/* SPDX-License-Identifier: MIT */
/*
 * What speaks against taking the words in a paste for an answer: words alone,
 * without a body or head, may as well be a text about errors, or a browser's
 * about an answer that it keeps to itself.
 */
#ifndef TRANSCRIPT_DOUBT_INTERNAL_H
#define TRANSCRIPT_DOUBT_INTERNAL_H

#include "base/error.h"
#include "base/slice.h"
#include "transcript/collector_internal.h"
#include "wording/sayings.h"

#include <stdbool.h>

/* A line told this status. */
void doubt_claim_status(struct collector *collector, int status);

/* A line told this cause in words. */
void doubt_claim(struct collector *collector, enum saying_means means);

/* What a line says of itself: the head of a table of errors. */
void doubt_line(struct collector *collector, struct slice line);

/* A line told this status of the app's own server. */
void doubt_own_server(struct collector *collector, int status);

/* A line of the paste itself: what comes belongs to a sample from the line
 * behind the one that leads to it up to the next empty one. */
void doubt_sample(struct collector *collector, struct slice line);

/* STATUS_INVALID where nothing was chosen, or what was chosen is not to be
 * believed in this text, in which it was found. */
bool doubt_judge(const struct collector *collector, struct slice text,
	struct error *err) MUST_CHECK;

#endif

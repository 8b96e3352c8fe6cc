/* SPDX-License-Identifier: MIT */
/*
 * What has been told so far while a paste is being read: exchanges, each what
 * was sent and what came back. Pieces are told apart or put together here: an
 * SDK says its status in a sentence, again in an object, and the body a third
 * time; a log holds one answer after the other. The one that counts is the last
 * with an error, else the last.
 */
#ifndef TRANSCRIPT_COLLECTOR_INTERNAL_H
#define TRANSCRIPT_COLLECTOR_INTERNAL_H

#include "http/http.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct told_request {
	char method[8];
	struct buf url;
	struct buf headers; /* "Name: value\n" each */
	struct buf body;
	bool whole; /* headers has all of them */
	bool wire;  /* as it was sent: no shell fills in a $NAME any more */
};

/* How much the words that were told are an answer's; the most counts. */
enum said_rank {
	SAID_NOTHING,
	SAID_BESIDE, /* they stand where an answer's words do */
	SAID_KNOWN,  /* they are an answer's wherever they stand (sayings) */
};

struct told_answer {
	enum http_fault fault; /* HTTP_FAULT_NONE: none */
	bool fault_is_vague;   /* "Connection error.": a better one wins */
	bool fault_is_of_call; /* its line names an API for models */
	bool has_head;         /* an HTTP head was in the paste */
	int status;            /* 0 where none is told */
	int likely_status;     /* by the name of the SDK's error class */
	struct buf headers;    /* "name: value\n" each */
	struct buf body;
	bool cut;  /* the body was cut off in the paste */
	bool good; /* it is what was asked for */
	bool streamed;
	bool refused_good; /* an error of a client's has a status of success */
	bool sample;       /* a guide shows it: nobody got it */
	bool sample_by_form; /* its body says so itself */
	char said[512];      /* words beside the status, or without one */
	enum said_rank said_rank;
	bool said_by_client; /* in its own words, not the answer's */
	char reason[64];     /* the status' own name, as it was told, or "" */
	char detail[256];    /* the line that tells the fault */
};

struct exchange {
	struct told_request request;
	struct told_answer answer;
	char model[128];
	char diagnosis[40]; /* of aigenv's own result */
	size_t at;          /* where in the paste its answer begins */
};

struct collector {
	struct exchange current;
	struct exchange chosen;
	bool has_chosen;
	bool complained;  /* a line told an error, of whatever kind */
	bool kept_back;   /* a line told that a browser keeps the answer back */
	uint64_t listed;  /* causes that a list's items told: one bit each */
	uint64_t claimed; /* the same of any line */
	unsigned listed_bodies;   /* of different items */
	bool in_list;             /* the line is such an item */
	bool in_raises;           /* of a docstring: what a call may raise */
	uint64_t statuses;        /* that began a line: one bit each */
	uint64_t listed_statuses; /* of those, a list's or a table's */
	uint64_t own_statuses;    /* that the app's own server gave */
	const char *foreign; /* whose error a line told that is no API's for
				models (wording/foreign.h), or NULL */
	bool log;     /* a log's collector gave the lines: nobody wrote them */
	bool general; /* an error was told in general */
	bool shown;   /* a line shows one, and does not only speak of it */
	bool leads;   /* the line above leads to a sample */
	bool in_sample; /* what comes belongs to one */
	bool line_told; /* a body stood in this line: what follows is its
			   reporter's */
	bool cut;       /* the object that is being read was cut off */
	size_t budget;  /* bytes that notation_read may still look at */
};

void collector_init(struct collector *collector, size_t text_size);
void collector_release(struct collector *collector);

/* Ends the current exchange: what comes belongs to another. */
void collector_close(struct collector *collector);

/* What comes belongs to a sample, or no more. */
void collector_sample(struct collector *collector, bool sample);

/* What was chosen is an error: it has an error's status, a fault, or none. */
bool collector_chose_error(const struct collector *collector);

/* Something came back in the current exchange. */
bool collector_has_answer(const struct collector *collector);

/* A request begins: the current exchange's, emptied of what a less exact
 * source said of it. */
struct told_request *collector_request(struct collector *collector);

/* An answer with a head of its own begins. */
void collector_head(struct collector *collector, int status);

/* A status that a sentence or an object tells, and the words behind it. */
void collector_status(struct collector *collector, int status);
/* The status that an error's class stands for, where nothing tells one. */
void collector_class(struct collector *collector, int status);
void collector_said(struct collector *collector, enum said_rank rank,
	const char *text, size_t size);

/* A fault of the network. */
void collector_fault(struct collector *collector, enum http_fault fault,
	bool vague, const char *line, size_t size);

/* A body that belongs to `status` (0: not told). */
void collector_body(struct collector *collector, int status, const char *bytes,
	size_t size);

/* The same as JSON. */
void collector_json(
	struct collector *collector, int status, const json_t *body);

/* A value as compact JSON. */
void collector_dump(const json_t *value, struct buf *out);

void collector_model(
	struct collector *collector, const char *model, size_t size);

#endif

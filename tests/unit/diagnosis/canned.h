/* SPDX-License-Identifier: MIT */
/* A route and an answer to it, made up, for the rules. */
#ifndef TEST_DIAGNOSIS_CANNED_H
#define TEST_DIAGNOSIS_CANNED_H

#include "diagnosis/diagnosis.h"
#include "profile/variables.h"

struct canned_route {
	const char *provider; /* "openai", "custom-xiaomi", "compat" */
	const char *model;
	enum credential credential;
	const char *token;
	const char *key;
	bool direct;
};

struct scene {
	struct profile profile;
	struct variables variables;
	struct verify_result result;
	struct reading reading;
	struct inquiry inquiry;
};

/* Fields left out are those of a custom provider in header mode. */
void scene_init(struct scene *scene, struct canned_route route);
void scene_release(struct scene *scene);

/* What is concluded from the answer, before any probe. */
const struct rule *scene_judge(
	struct scene *scene, int status, const char *headers, const char *body);

/* The same, of any bytes. */
void canned_reading(int status, const char *headers, const char *body,
	size_t size, const char *model, struct reading *reading);

#endif

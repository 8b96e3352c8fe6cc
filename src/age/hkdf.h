/* SPDX-License-Identifier: MIT */
/*
 * HKDF with SHA-256 (RFC 5869), always 32 bytes of output: the one key
 * derivation of age files and of the vault. libsodium has it from 1.0.19 only;
 * this is HMAC-SHA-256 twice.
 */
#ifndef AGE_HKDF_H
#define AGE_HKDF_H

#include <stddef.h>

#define HKDF_SIZE 32

/* Inputs of any length, each may be empty (NULL, 0). All are borrowed. */
struct hkdf {
	const void *key; /* RFC 5869's IKM */
	size_t key_size;
	const void *salt;
	size_t salt_size;
	const void *info;
	size_t info_size;
};

/* out may be wiped by the caller with sodium_memzero; it is a secret. */
void hkdf_sha256(const struct hkdf *from, unsigned char out[HKDF_SIZE]);

#endif

/* SPDX-License-Identifier: MIT */
#include "http/sockets_internal.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

static size_t kept(const struct sockets *sockets)
{
	return sockets->count < SOCKETS_KEPT ? sockets->count : SOCKETS_KEPT;
}

static void close_one(int file)
{
	if (file >= 0)
		(void)close(file);
}

void sockets_note(struct sockets *sockets, int file)
{
	int *place = &sockets->files[sockets->count % SOCKETS_KEPT];

	if (sockets->count >= SOCKETS_KEPT)
		close_one(*place);
	*place = fcntl(file, F_DUPFD_CLOEXEC, 0);
	sockets->count++;
}

bool sockets_are_connected(const struct sockets *sockets)
{
	struct sockaddr_storage peer;

	for (size_t i = 0; i < kept(sockets); i++) {
		socklen_t size = sizeof(peer);

		if (getpeername(sockets->files[i], (struct sockaddr *)&peer,
			    &size) == 0)
			return true;
	}
	return false;
}

void sockets_release(struct sockets *sockets)
{
	for (size_t i = 0; i < kept(sockets); i++)
		close_one(sockets->files[i]);
	*sockets = (struct sockets){ 0 };
}

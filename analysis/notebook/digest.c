#include "notebook/digest.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct kg_digest kg_digest_new(void)
{
	struct kg_digest digest;

	sha256_init(&digest.state);
	return digest;
}

void kg_digest_add(struct kg_digest *digest, const void *bytes, size_t length)
{
	sha256_update(&digest->state, length, bytes);
}

void kg_digest_text(struct kg_digest *digest, const char *text)
{
	kg_digest_add(digest, text, strlen(text) + 1);
}

void kg_digest_end(struct kg_digest *digest, char hex[KG_DIGEST_SIZE])
{
	uint8_t bytes[4];

	sha256_digest(&digest->state, sizeof bytes, bytes);
	snprintf(hex, KG_DIGEST_SIZE, "%02x%02x%02x%02x", bytes[0], bytes[1], bytes[2], bytes[3]);
}

enum kg_status kg_digest_file(struct kg_digest *digest, const char *path, struct kg_error *error)
{
	int descriptor = open(path, O_RDONLY | O_CLOEXEC);
	char bytes[1 << 16];
	ssize_t got = -1;

	while (descriptor >= 0 && ((got = read(descriptor, bytes, sizeof bytes)) > 0 || (got < 0 && errno == EINTR)))
		if (got > 0)
			kg_digest_add(digest, bytes, (size_t)got);
	if (got < 0)
		kg_error_set(error, KG_EIO, "'%s' cannot be read: %s", path, strerror(errno));
	if (descriptor >= 0)
		close(descriptor);
	return got < 0 ? KG_EIO : KG_OK;
}

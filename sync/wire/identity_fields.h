#pragma once

#include "sync/wire/city_key_fields.h"
#include "sync/wire/identity_blocks.h"
#include "sync/wire/statement_fields.h"

/// The packed fields of both identity blocks. Private to this room.
namespace fieldnode::wire {

template <class Archive>
void serialize(Archive& archive, CertificateRequest& request) {
  archive(request.suite, request.node, request.request, request.signature);
}

template <class Archive>
void serialize(Archive& archive, IdentityClaim& claim) {
  archive.fixed(claim.city_key);
  archive(claim.has_root, claim.has_word, claim.renewal);
}

template <class Archive>
void serialize(Archive& archive, IdentityNews& news) {
  archive(news.word, news.certificate, news.root, news.steps);
}

}  // namespace fieldnode::wire

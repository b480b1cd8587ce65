#include "node/office/city_belief.h"

#include "node/office/identity.h"
#include "sync/base/check.h"

namespace fieldnode::office {
namespace {

void require(Result<void> const& sound) {
  if (!sound) throw BrokenWorld("the kept history of the city's keys: " + sound.error().sentence);
}

}  // namespace

std::vector<wire::CityKeyStep> kept_steps(db::Connection& connection) {
  std::vector<wire::CityKeyStep> steps;
  auto select = connection.prepare("SELECT bytes FROM city_key_step ORDER BY number");
  for (db::Row const row : select) {
    auto const step = wire::unpack_step(row.get<BytesView>(0));
    require(step ? Result<void>{} : Result<void>(step.error()));
    steps.push_back(*step);
  }
  return steps;
}

engine::CityBelief load_belief(db::Connection& connection) {
  auto const identity = load_identity(connection);
  check(identity.has_value(), "an enrolled node has an identity");
  engine::CityBelief belief{{identity->city_key_id, identity->city_key}, identity->city_word.has_value()};
  if (identity->city_root) belief.keys.pin_root(*identity->city_root);
  auto const suite = crypto::ed25519_suite();
  for (auto const& step : kept_steps(connection)) require(belief.keys.follow(step, *suite));
  return belief;
}

void keep_news(db::Connection& connection, wire::IdentityNews const& news) {
  auto const known = load_belief(connection);
  for (auto const& step : news.steps) {
    if (known.keys.find(step.new_id) != nullptr) continue;
    connection.prepare("INSERT INTO city_key_step (bytes) VALUES (:bytes)").bind(":bytes", wire::pack_step(step)).run();
  }
  if (news.root && !known.keys.root()) {
    connection.prepare("UPDATE identity SET city_root = :root").bind(":root", news.root->root).run();
  }
  if (news.word) {
    connection.prepare("UPDATE identity SET city_word = :word").bind(":word", wire::pack_statement(*news.word)).run();
  }
}

}  // namespace fieldnode::office

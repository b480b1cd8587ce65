#include "node/office/act_ids.h"

namespace fieldnode::office {

std::optional<ActIds::Known> ActIds::find(std::string_view id) {
  auto rows = connection_.prepare("SELECT epoch, seq, content FROM act_id WHERE id = :id");
  auto const row = rows.bind(":id", id).next();
  if (!row) return std::nullopt;
  return Known{{row->get<Epoch>(0), row->get<std::uint64_t>(1)}, row->get<Hash>(2)};
}

void ActIds::keep(std::string_view id, Known const& known) {
  connection_.prepare("INSERT INTO act_id (id, epoch, seq, content) VALUES (:id, :epoch, :seq, :content)")
      .bind(":id", id)
      .bind(":epoch", known.at.epoch)
      .bind(":seq", known.at.seq)
      .bind(":content", known.content)
      .run();
}

void ActIds::move(Position from, Position to) {
  connection_
      .prepare("UPDATE act_id SET epoch = :to_epoch, seq = :to_seq WHERE epoch = :from_epoch AND seq = :from_seq")
      .bind(":to_epoch", to.epoch)
      .bind(":to_seq", to.seq)
      .bind(":from_epoch", from.epoch)
      .bind(":from_seq", from.seq)
      .run();
}

}  // namespace fieldnode::office

import { Icon, type IconName } from './icon';

/** How to reach a citizen, masked or in clear: what is known, a line each. */
export function ContactLines({ name, telephone, address }: { name: string; telephone: string; address: string }) {
  return (
    <ul class="lines">
      <Line icon="person" text={name} />
      <Line icon="phone" text={telephone} />
      <Line icon="place" text={address} />
    </ul>
  );
}

function Line({ icon, text }: { icon: IconName; text: string }) {
  if (!text) return null;
  return (
    <li>
      <Icon name={icon} />
      <span>{text}</span>
    </li>
  );
}

import { signal } from '@preact/signals';

/** unsupported: this browser has none, or not on this address. */
export type NoticePermission = NotificationPermission | 'unsupported';

/** Notices of the desktop, shown while the page is out of sight, too. Nothing asks for them but a button. */
export class DesktopNotice {
  readonly permission = signal<NoticePermission>(typeof Notification === 'undefined' ? 'unsupported' : Notification.permission);

  /** What to do when one is clicked. */
  onOpen: () => void = () => undefined;

  async ask(): Promise<void> {
    if (this.permission.value === 'unsupported') return;
    this.permission.value = await Notification.requestPermission();
  }

  get isOn(): boolean {
    return this.permission.value === 'granted';
  }

  /** Two notices of one `tag` are one. */
  show(title: string, body: string, tag: string): void {
    const notice = new Notification(title, { body, tag, icon: '/icon.svg', lang: document.documentElement.lang });
    notice.onclick = () => {
      window.focus();
      notice.close();
      this.onOpen();
    };
  }
}

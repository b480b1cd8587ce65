import { Icon } from './icon';
import { chooseLanguage, language } from './words';

export function LanguageSwitch() {
  const chinese = language.value === 'zh';
  return (
    <button
      type="button"
      class="quiet"
      lang={chinese ? 'en' : 'zh-CN'}
      data-testid="language-switch"
      onClick={() => void chooseLanguage(chinese ? 'en' : 'zh')}
    >
      <Icon name="globe" />
      {chinese ? 'English' : '中文'}
    </button>
  );
}

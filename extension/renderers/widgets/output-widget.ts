import { DOMWidgetModel, DOMWidgetView } from '@jupyter-widgets/base';
import type { ShownOutput } from '../../src/widgets/messages.ts';
import type { Manager } from './manager.ts';
import { OutputList } from './output-list.ts';

const MODULE = { name: '@jupyter-widgets/output', version: '1.0.0' };

export class OutputModel extends DOMWidgetModel {
  override defaults(): Backbone.ObjectHash {
    return {
      ...super.defaults(),
      _model_name: 'OutputModel',
      _view_name: 'OutputView',
      _model_module: MODULE.name,
      _view_module: MODULE.name,
      _model_module_version: MODULE.version,
      _view_module_version: MODULE.version,
      msg_id: '',
      outputs: [],
    };
  }
}

/** The extension captures what belongs into an Output widget; here it is only shown. */
export class OutputView extends DOMWidgetView {
  #list: OutputList | undefined;

  override render(): void {
    super.render();
    this.el.classList.add('jupyter-widgets', 'widget-output', 'jupyter-widget-output');
    this.#list = new OutputList((this.model.widget_manager as Manager).outputs, this.el);
    this.listenTo(this.model, 'change:outputs', () => this.#show());
    this.#show();
  }

  override remove(): void {
    this.#list?.dispose();
    super.remove();
  }

  #show(): void {
    const outputs: unknown = this.model.get('outputs');
    this.#list?.show(Array.isArray(outputs) ? (outputs as ShownOutput[]) : []);
  }
}

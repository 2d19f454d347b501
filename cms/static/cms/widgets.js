// Starts Wagtail's choosers and date fields from their attributes, wherever and whenever they appear on a page.
window.wagtail.app.register(
  "sb-widget",
  class extends window.StimulusModule.Controller {
    static values = { class: String, start: String, for: String, options: Object };

    connect() {
      if (this.started) return;
      this.started = true;
      if (this.startValue) window[this.startValue](this.forValue, this.optionsValue);
      else new window[this.classValue](this.forValue, this.optionsValue);
    }
  },
);
